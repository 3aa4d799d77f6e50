package generator

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/intake"
	"proofpack/generator/source"
)

// sidecar is how the intake record beside an export is named.
const sidecar = ".intake.yml"

// commentary is the user's own words for the summary, in the exports folder.
const commentary = "summary.md"

// An input is everything that was read for a month.
type input struct {
	root       *os.Root
	month      string
	config     *config.Config
	configText []byte
	exports    string // folder the exports were taken from, relative to the configuration
	set        *evidence.Set
	readings   []intake.Reading
	problems   []*diag.Problem
	prose      map[string]string
	received   []received
}

// A received file goes into the archive as it came.
type received struct {
	name   string // path relative to the configuration
	sha256 string
}

// close gives up the folder of the configuration.
func (in *input) close() error { return in.root.Close() }

// read reads configuration and exports. The error is a *Refused when the
// configuration is at fault.
func read(o *Options) (_ *input, err error) {
	if info, err := os.Stat(o.Dir); errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil, &Refused{Month: o.Month, Usage: true, Problems: []*diag.Problem{diag.At(diag.Pos{File: filepath.ToSlash(o.Dir)}, "no-folder",
			"there is no such folder to work in.", "name the folder of proofpack.yml with --dir, or make one there with: proofpack init")}}
	}
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("open the folder of the configuration: %w", err)
	}
	in := &input{root: root, month: o.Month, prose: map[string]string{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, root.Close())
		}
	}()
	if in.configText, err = root.ReadFile(o.configName()); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, &Refused{Month: o.Month, Usage: true, Problems: []*diag.Problem{diag.At(diag.Pos{File: o.configName()}, "no-config",
				"there is no configuration in "+o.Dir+".", "run proofpack init, or name the folder with --dir")}}
		}
		return nil, fmt.Errorf("read the configuration: %w", err)
	}
	conf, problems := config.Parse(o.configName(), in.configText)
	if len(problems) > 0 {
		return nil, &Refused{Month: o.Month, Usage: true, Problems: problems}
	}
	in.config = conf
	asOf, problem := o.asOf(conf.TimeZone)
	if problem != nil {
		return nil, &Refused{Month: o.Month, Usage: true, Problems: []*diag.Problem{problem}}
	}
	files, err := in.files()
	if err != nil {
		return nil, err
	}
	maxRejected := conf.Policy.MaxRejected
	if o.MaxRejected != nil {
		maxRejected = *o.MaxRejected
	}
	in.set, in.readings, in.problems = intake.Load(intake.Options{Files: files, Config: conf, AsOf: asOf, MaxRejected: maxRejected, AllowMissing: o.AllowMissing})
	if o.Each != nil {
		for _, r := range in.readings {
			o.Each(r)
		}
	}
	if problems := unknownRules(conf, in.set); len(problems) > 0 {
		return nil, &Refused{Month: o.Month, Usage: true, Problems: problems}
	}
	return in, nil
}

// asOf is the last instant that counts.
func (o *Options) asOf(zone *time.Location) (time.Time, *diag.Problem) {
	month, err := time.ParseInLocation("2006-01", o.Month, zone)
	if err != nil {
		return time.Time{}, diag.At(diag.Pos{}, "bad-month", fmt.Sprintf("%q is not a month.", o.Month), "give it as YYYY-MM, for example --month 2026-05")
	}
	if o.AsOf == "" {
		return month.AddDate(0, 1, 0).Add(-time.Nanosecond), nil
	}
	if day, err := time.ParseInLocation("2006-01-02", o.AsOf, zone); err == nil {
		return day.AddDate(0, 0, 1).Add(-time.Nanosecond), nil
	}
	at, err := time.Parse(time.RFC3339, o.AsOf)
	if err != nil {
		return time.Time{}, diag.At(diag.Pos{}, "bad-as-of", fmt.Sprintf("%q is neither a day nor a time.", o.AsOf), "give it as 2026-05-31 or 2026-05-31T18:00:00-07:00")
	}
	return at.In(zone), nil
}

// files are the exports of the month: those that the configuration claims and
// whatever else lies in the exports folder.
func (in *input) files() ([]intake.File, error) {
	in.exports = strings.ReplaceAll(in.config.Exports, "{month}", in.month)
	if info, err := in.root.Stat(in.exports); in.config.Exports == config.DefaultExports && (err != nil || !info.IsDir()) {
		in.exports = path.Dir(in.exports)
	}
	claimed, older, err := in.claimed()
	if err != nil {
		return nil, err
	}
	names, err := in.list()
	if err != nil {
		return nil, err
	}
	for name := range claimed {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var files []intake.File
	for _, name := range names {
		if older[name] {
			continue
		}
		of, err := in.file(name, claimed[name])
		if err != nil {
			return nil, err
		}
		files = append(files, of...)
	}
	return files, nil
}

// claimed are the files that sources of the configuration name, each with its
// sources, and older matches of the same sources. The newest match is the one
// whose name sorts last: file times change when a folder is copied, names with
// dates do not.
func (in *input) claimed() (map[string][]*config.Source, map[string]bool, error) {
	claimed, older := map[string][]*config.Source{}, map[string]bool{}
	for i := range in.config.Sources {
		src := &in.config.Sources[i]
		if src.File == "" {
			continue
		}
		matches, err := fs.Glob(in.root.FS(), strings.ReplaceAll(src.File, "{month}", in.month))
		if err != nil {
			return nil, nil, fmt.Errorf("source %s: %w", src.Name, err)
		}
		matches = slices.DeleteFunc(matches, func(name string) bool { return strings.HasSuffix(name, sidecar) })
		slices.Sort(matches)
		for n, name := range matches {
			if n == len(matches)-1 {
				claimed[name] = append(claimed[name], src)
			} else {
				older[name] = true
			}
		}
	}
	for name := range claimed {
		delete(older, name)
	}
	return claimed, older, nil
}

// ignored are files that file managers and office programs leave in folders.
var ignored = []string{"thumbs.db", "desktop.ini"}

// list names the files of the exports folder, sorted. A folder that does not
// exist holds none.
func (in *input) list() ([]string, error) {
	entries, err := fs.ReadDir(in.root.FS(), in.exports)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the exports: %w", err)
	}
	var names []string
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || slices.Contains(ignored, strings.ToLower(name)) {
			continue
		}
		if export, is := strings.CutSuffix(name, sidecar); is {
			if !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == export }) {
				names = append(names, path.Join(in.exports, export)) // somebody recorded it, and it is not here
			}
			continue
		}
		if strings.EqualFold(name, commentary) {
			text, err := in.root.ReadFile(path.Join(in.exports, name))
			if err != nil {
				return nil, fmt.Errorf("read the commentary: %w", err)
			}
			in.prose[commentary] = string(text)
			in.keep(path.Join(in.exports, name), text)
			continue
		}
		names = append(names, path.Join(in.exports, name))
	}
	return names, nil
}

// keep notes a file for the archive.
func (in *input) keep(name string, text []byte) {
	sum := sha256.Sum256(text)
	in.received = append(in.received, received{name, hex.EncodeToString(sum[:])})
}

// file reads one export and the intake record beside it: a table, or one a
// sheet of a workbook.
func (in *input) file(name string, claims []*config.Source) ([]intake.File, error) {
	f := intake.File{Name: name}
	if len(claims) > 0 {
		f.Source = claims[0]
	}
	if text, err := in.root.ReadFile(name + sidecar); err == nil {
		record, problems := config.ParseIntake(name+sidecar, text)
		f.Intake, f.Refused = record, problems
		in.keep(name+sidecar, text)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the intake record: %w", err)
	}
	if _, err := in.root.Lstat(name); errors.Is(err, fs.ErrNotExist) {
		f.Gone = true
		return []intake.File{f}, nil
	}
	if len(f.Refused) == 0 && len(claims) <= 1 && in.log(&f, f.Source) {
		return []intake.File{f}, nil
	}
	tables, err := in.tables(name, claims)
	var p *diag.Problem
	switch {
	case errors.As(err, &p):
		f.Refused = append(f.Refused, p)
	case err != nil:
		return nil, err
	}
	var files []intake.File
	if len(f.Refused) == 0 {
		files, f.Refused = share(f, tables, claims)
	}
	if len(f.Refused) > 0 {
		f.Claims = claims
		return []intake.File{f}, nil
	}
	in.received = append(in.received, received{name, tables[0].SHA256})
	return files, nil
}

// tables reads the tables of a file. What is wrong with it is a *diag.Problem.
func (in *input) tables(name string, claims []*config.Source) ([]*source.Table, error) {
	r, err := in.root.Open(name)
	if err != nil {
		if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) || strings.Contains(err.Error(), "escapes") {
			return nil, diag.At(diag.Pos{File: name}, "not-readable", "the file cannot be opened: "+reason(err)+".", "give the program leave to read it, or take it out of the folder")
		}
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	opts := source.Options{Score: intake.Score}
	for _, src := range claims {
		if src.Sheet != "" {
			opts.Sheets = append(opts.Sheets, src.Sheet)
		}
	}
	tables, err := source.ReadAll(name, r, opts)
	if cerr := r.Close(); err == nil && cerr != nil {
		err = cerr
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return tables, nil
}

// reason is the last word of a machine's error.
func reason(err error) string {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err.Error()
	}
	return err.Error()
}

// open opens a received file again, for the archive.
func (in *input) open(name string) (io.ReadCloser, error) { return in.root.Open(name) }
