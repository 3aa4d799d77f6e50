package seal

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"proofpack/generator/diag"
	names "proofpack/generator/name"
	"proofpack/generator/sign"
)

// A Publication is one month to be published, and all that it takes.
type Publication struct {
	Out     string // parent folder of the published months
	Archive string // folder of the archives; "" for archive in Out. It holds raw exports
	Month   string // 2026-05

	Revision int // of the month; 0: the first that no folder and no archive has

	Key *sign.Key // who signs; nil for a draft
	At  time.Time // time of signing; it stands in signatures and verify.txt only

	Write   func(*Folder) error           // writes the published files, but for seal/
	Sources []Source                      // exports as received
	Config  []Document                    // configuration files
	Records []Document                    // used rows, rejected rows and the like
	Record  Record                        // seal.json, but for what Publish sets
	Index   func([]Month) ([]byte, error) // the list of months, index.html; nil leaves it alone

	Holder Holder                     // this run, unique among runs, for the lock
	Alive  func(pid int) bool         // says whether a process of this host runs (ProcessAlive); nil: all do
	Sleep  func(time.Duration)        // waits between tries of a rename; nil: they follow each other
	Open   func(string) (Disk, error) // opens Out and Archive; nil for OpenDisk
}

// A Result is what was published.
type Result struct {
	Folder   string // name in Out: 2026-05, 2026-05.r2, 2026-05-draft
	Archive  string // path of the archive
	Revision int    // 1, or more for a corrected month
	Files    int    // files in the published folder
	Bytes    int64  // in the published folder
	Seal     string // SHA-256 of the archive's tag manifest
}

// A press is a publication under way, with Out and Archive to itself.
type press struct {
	Publication
	out, archive Disk
	staged       *Folder
	folder       string // name of the published folder
	bag          string // name of the archive, without .zip
	revision     int
	supersedes   string
}

// Publish writes a month beside those there are and then moves it into place:
// archive, folder and last the index. A published month is never written
// again; a second run of the same month becomes a revision, and only a draft
// takes the place of a draft.
//
// On any error the state before is restored and nothing of the month remains.
// A Result with an error means that the month is published, and the error says
// what could not be done after that. A run that is killed is cleaned up by the next.
func Publish(p Publication) (done Result, err error) {
	if err := p.check(); err != nil {
		return Result{}, err
	}
	w := &press{Publication: p}
	end, err := w.begin()
	if err != nil {
		return Result{}, err
	}
	defer func() { err = errors.Join(err, end()) }()
	if done, err = w.stage(); err != nil {
		return Result{}, errors.Join(err, w.discard())
	}
	if err := w.place(); err != nil {
		return Result{}, errors.Join(err, w.undo())
	}
	if err := w.settle(); err != nil {
		return done, fmt.Errorf("seal: %s is published, but the folder was not tidied: %w", done.Folder, err)
	}
	return done, nil
}

// check refuses what can't be published, before anything is written.
func (p *Publication) check() error {
	if !monthPattern.MatchString(p.Month) {
		return diag.At(diag.Pos{}, "bad-month", fmt.Sprintf("%q is not a month.", p.Month), "give it as YYYY-MM, for example 2026-05")
	}
	if p.Write == nil || p.Record.Org == "" || len(p.Record.AsOf) < len("2006-01-02") || p.Key != nil && p.At.IsZero() {
		return errors.New("seal: a publication needs files, a company, an as-of date and, to be signed, a time")
	}
	seen := map[string]bool{}
	for _, group := range []struct {
		dir   string
		names []string
	}{{bagSources, sourceNames(p.Sources)}, {bagConfig, documentNames(p.Config)}, {bagRecords, documentNames(p.Records)}} {
		for _, n := range group.names {
			if err := names.Check(n); err != nil {
				return fmt.Errorf("seal: archive: %w", err)
			}
			if seen[group.dir+n] {
				return fmt.Errorf("seal: archive: two files are to be %s", group.dir+n)
			}
			seen[group.dir+n] = true
		}
	}
	return nil
}

func sourceNames(all []Source) (names []string) {
	for _, s := range all {
		names = append(names, s.Path)
	}
	return names
}

func documentNames(all []Document) (names []string) {
	for _, d := range all {
		names = append(names, d.Path)
	}
	return names
}

// begin opens and locks the folders, and cleans up after runs that were killed.
func (w *press) begin() (end func() error, err error) {
	open := w.Open
	if open == nil {
		open = OpenDisk
	}
	var undo []func() error
	shut := func() error {
		var err error
		for _, f := range slices.Backward(undo) {
			err = errors.Join(err, f())
		}
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, shut())
		}
	}()
	dir := w.archiveDir()
	if w.out, err = open(w.Out); err != nil {
		return nil, fmt.Errorf("seal: open the output folder: %w", err)
	}
	undo = append(undo, w.out.Close)
	release, err := acquire(w.out, w.Holder, w.Alive)
	if err != nil {
		return nil, err
	}
	undo = append(undo, release)
	if w.archive, err = open(dir); err != nil {
		return nil, fmt.Errorf("seal: open the archive folder: %w", err)
	}
	undo = append(undo, w.archive.Close)
	// The archive folder may serve several output folders.
	if filepath.Clean(dir) != filepath.Clean(w.Out) {
		if release, err = acquire(w.archive, w.Holder, w.Alive); err != nil {
			return nil, err
		}
		undo = append(undo, release)
	}
	if err := w.heal(); err != nil {
		return nil, fmt.Errorf("seal: clean up after a run that was killed: %w", err)
	}
	return shut, w.choose()
}

// choose names the month: the first revision that no folder and no archive has.
func (w *press) choose() error {
	newest := 0
	if w.Key != nil {
		published, err := w.published()
		if err != nil {
			return err
		}
		for _, name := range published {
			if month, revision, draft, _ := parseFolder(name); month == w.Month && !draft {
				newest = max(newest, revision)
			}
		}
	}
	if w.Revision > 0 {
		newest = w.Revision - 1
	}
	w.revision = newest + 1
	w.folder = folderName(w.Month, w.revision, w.Key == nil)
	w.bag = bagName(w.Record.Org, w.folder)
	if newest > 0 {
		w.supersedes = folderName(w.Month, newest, false)
	}
	return nil
}
