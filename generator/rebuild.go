package generator

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/history"
	"proofpack/generator/report"
	"proofpack/generator/seal"
	"proofpack/generator/sign"
)

// Files of an archive that a rebuild needs beside exports and configuration.
const (
	historyPath = "data/records/" + history.HistoryFile
	bagSigned   = "signatures/prepared.p7s"
	monthSigned = "data/published/seal/prepared.p7s"
	pdfSigned   = "data/published/packet.pdf"
)

// A Rebuilt is what came of building an archive again from what is in it.
type Rebuilt struct {
	Same        int               // files that are the same, byte by byte
	Differences []seal.Difference // files that are not: First in the archive, Other as rebuilt
	Sources     int               // files it was built from
	OtherNames  bool              // pseudonyms were made with another key than the archive's: names differ for that alone
	Problems    []*diag.Problem   // why nothing could be built from them; nil when something was
}

// Rebuild builds an archive again from the exports, the configuration and the
// records of earlier months in it, and compares every file. v is what Verify
// found of it: it must have no failure, or nothing follows. o says how the
// archive was called to be built; what it records itself (program, command,
// time of signing, revision) is taken from there, and the signatures are
// repeated, so that the same content gives the same bytes. Everything is written
// into scratch, an empty folder that the caller removes.
func Rebuild(archive string, v *seal.Verification, o Options, scratch string) (*Rebuilt, error) {
	if v.Record == nil || len(v.Failures) > 0 {
		return nil, errors.New("rebuild: the archive was not verified")
	}
	u := &unpacked{scratch: scratch}
	if err := u.read(archive); err != nil {
		return nil, err
	}
	r := v.Record
	o.Dir, o.Config, o.Out, o.Archive = filepath.Join(scratch, "in"), u.list.Config, filepath.Join(scratch, "out"), ""
	o.Month, o.Revision, o.History, o.Command = r.Period.From[:min(len(r.Period.From), len("2006-01"))], r.Revision, u.history, r.Command
	o.Tool, o.Go = report.Tool{Name: r.Tool.Name, Version: r.Tool.Version, Commit: r.Tool.Commit}, r.Tool.Go
	o.Draft, o.Key = r.Draft, nil
	if !r.Draft {
		var err error
		if o.Key, o.At, err = sign.Repeat(u.signed...); err != nil {
			return nil, fmt.Errorf("rebuild: %w", err)
		}
	}
	done := &Rebuilt{Sources: u.sources}
	built, err := Build(o)
	var refused *Refused
	if errors.As(err, &refused) {
		done.Problems = refused.Problems
		return done, nil
	}
	if err != nil {
		return nil, fmt.Errorf("rebuild: %w", err)
	}
	if done.Differences, done.Same, err = seal.Compare(archive, built.Result.Archive); err != nil {
		return nil, err
	}
	again, err := seal.Verify(built.Result.Archive, seal.VerifyOptions{Alone: true})
	if err != nil {
		return nil, fmt.Errorf("rebuild: %w", err)
	}
	done.OtherNames = again.Record != nil && again.Record.Redaction.KeyID != r.Redaction.KeyID
	return done, nil
}

// An unpacked archive lies in scratch/in as it lay when it was built.
type unpacked struct {
	scratch string
	list    *receivedFile
	history []byte
	signed  [][]byte // files with signatures to repeat
	sources int
}

// read takes out of an archive what a rebuild needs.
func (u *unpacked) read(archive string) error {
	var list []byte
	small := map[string]bool{receivedPath: true, historyPath: true, bagSigned: true, monthSigned: true, pdfSigned: true}
	err := seal.Unpack(archive, func(name string) bool { return small[name] }, func(name string, r io.Reader) error {
		data, err := io.ReadAll(r)
		switch name {
		case receivedPath:
			list = data
		case historyPath:
			u.history = data
		default:
			u.signed = append(u.signed, data)
		}
		return err
	})
	if err != nil {
		return err
	}
	if list == nil {
		return diag.At(diag.Pos{File: filepath.ToSlash(archive)}, "no-sources", "the archive holds only the hashes of the exports, so nothing can be built from it.",
			"ask whoever keeps the exports to build the month again, or for an archive that was built with --sources include")
	}
	if u.list, err = readReceived(list); err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	return u.place(archive)
}

// place puts exports and configuration where they stood.
func (u *unpacked) place(archive string) (err error) {
	stood := map[string]string{}
	for _, p := range u.list.Files {
		stood[p.Path] = p.Name
	}
	in := filepath.Join(u.scratch, "in")
	if err := os.Mkdir(in, 0o700); err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	root, err := os.OpenRoot(in)
	if err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	wanted := func(name string) bool { return stood[name] != "" }
	return seal.Unpack(archive, wanted, func(name string, r io.Reader) error {
		if strings.HasPrefix(name, "data/sources/") {
			u.sources++
		}
		to := stood[name]
		if err := root.MkdirAll(path.Dir(to), 0o700); err != nil {
			return err
		}
		f, err := root.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		_, err = io.Copy(f, r)
		return errors.Join(err, f.Close())
	})
}

// Rebuildable says whether an archive is of a kind that can be built again.
func Rebuildable(v *seal.Verification) bool {
	return slices.Contains([]seal.Kind{seal.KindArchive, seal.KindBag}, v.Kind)
}
