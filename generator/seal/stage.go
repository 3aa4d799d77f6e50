package seal

import (
	"bufio"
	"errors"
	"fmt"
	"path/filepath"

	"proofpack/generator/sign"
)

// stage writes everything under names that no reader sees, and syncs it.
func (w *press) stage() (done Result, err error) {
	if w.staged, err = newFolder(w.out, partial(w.folder)); err != nil {
		return done, fmt.Errorf("seal: publish: %w", err)
	}
	if err := w.Write(w.staged); err != nil {
		return done, err
	}
	if err := w.staged.complete(); err != nil {
		return done, err
	}
	if err := w.sealFolder(); err != nil {
		return done, err
	}
	if err := w.staged.sync(); err != nil {
		return done, err
	}
	b, err := w.compose()
	if err != nil {
		return done, err
	}
	if err := w.pack(b); err != nil {
		return done, fmt.Errorf("seal: archive: %w", err)
	}
	if err := w.index(); err != nil {
		return done, err
	}
	done = Result{Folder: w.folder, Archive: filepath.Join(w.archiveDir(), w.bag+".zip"), Revision: w.revision, Files: len(w.staged.files), Seal: b.seal}
	for _, f := range w.staged.files {
		done.Bytes += f.size
	}
	return done, nil
}

func (w *press) archiveDir() string {
	if w.Archive != "" {
		return w.Archive
	}
	return filepath.Join(w.Out, "archive")
}

// sealFolder adds seal/ to the staged folder.
func (w *press) sealFolder() error {
	help := w.instructions()
	help.list, help.p7s = publishedList, publishedSign
	if _, has := w.staged.files[packetFile]; has {
		help.packetAt = packetFile
	}
	if err := w.put(publishedHelp, help.forFolder(len(w.staged.files)+1)); err != nil {
		return err
	}
	list := w.staged.manifest().Bytes()
	if err := w.put(publishedList, list); err != nil || w.Key == nil {
		return err
	}
	p7s, err := sign.Detached(w.Key, list, w.At)
	if err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	return w.put(publishedSign, p7s)
}

func (w *press) put(name string, data []byte) error {
	f, err := w.staged.create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// instructions are those of the month, for folder or bag to complete.
func (w *press) instructions() instructions {
	in := instructions{packet: w.folder, company: w.Record.Org, tool: w.tool(), asOf: w.Record.AsOf, signed: unsigned, key: w.Key, at: w.At}
	if w.Key != nil {
		in.signed = signedLine(w.Key.Name(), w.Key.Fingerprint(), w.At)
	}
	return in
}

func (w *press) tool() string { return w.Record.Tool.Name + " " + w.Record.Tool.Version }

// pack writes the zip.
func (w *press) pack(b *bag) (err error) {
	f, err := w.archive.Create(partial(b.name + ".zip"))
	if err != nil {
		return err
	}
	buffer := bufio.NewWriterSize(f, 1<<20)
	if err = writeZip(buffer, b.files()); err == nil {
		err = buffer.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// index writes the list of months that will be, this one among them.
func (w *press) index() error {
	if w.Index == nil {
		return nil
	}
	months, err := w.months()
	if err != nil {
		return fmt.Errorf("seal: list months: %w", err)
	}
	page, err := w.Index(months)
	if err != nil {
		return err
	}
	if err := create(w.out, partial(indexFile), page); err != nil {
		return fmt.Errorf("seal: index: %w", err)
	}
	return nil
}
