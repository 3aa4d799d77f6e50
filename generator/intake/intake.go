// Package intake turns tables of text into evidence: it recognises what each
// export states, reads dates, numbers and words, joins the names of systems,
// and accounts for every row. It never guesses: what is not decided by the
// export or the configuration is a problem that says how to decide it.
package intake

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/source"
)

// A File is one export as handed over: read into a table, or refused.
type File struct {
	Table   *source.Table   // nil when it was refused
	Name    string          // path of a refused file, as the user knows it
	Refused []*diag.Problem // why it was refused
	Source  *config.Source  // the source of the configuration that claims it; nil when none does
	Intake  *config.Intake  // the intake record beside it; nil when there is none
	Gone    bool            // only its intake record is there

	// Claims are all sources of a refused file, which may claim a sheet each: it
	// is there, so that none of them is absent.
	Claims []*config.Source

	// Stream hands out every row of a file of no bounds, of which Table holds the
	// first rows only; nil when Table holds all. It can be called again.
	Stream func(source.RowFunc) (*source.Table, error)
}

// DefaultMaxRejected is how many rows of an export may be rejected, in percent,
// before the build stops.
const DefaultMaxRejected = 5

// Options say what to load and how.
type Options struct {
	Files        []File // in any order
	Config       *config.Config
	AsOf         time.Time // the last instant that counts
	MaxRejected  float64   // percent; DefaultMaxRejected is the command line's default
	AllowMissing bool      // a declared export that is absent does not stop the build
}

// A Reading is what became of one file, for check.
type Reading struct {
	File      string
	Sheet     string
	Table     *source.Table   // nil when it was refused
	Input     *evidence.Input // its intake record; of a file that is not read, counts only, and no input of the set; nil when undecided or refused
	DataSet   string          // "" unless it was read
	LooksLike string          // what it seems to be when it was not read; "" when nothing
	Status    Status
	Reason    string          // in words, when it was not read
	Proposal  string          // of an undecided file: a source to paste into proofpack.yml
	Problems  []*diag.Problem // of this file, that stop the build

	note string
}

// Load reads every file and answers with the set of evidence, what became of
// each file in order of its name, and every problem that stops a build: files
// that are undecided or refused, exports over the limit of rejected rows, and
// declared exports that are absent. Problems that do not stop a build stand in
// the inputs of the set. The set is whole whatever the problems; files that
// were not read are not in it.
func Load(opts Options) (*evidence.Set, []Reading, []*diag.Problem) {
	l := newLoader(opts)
	files := slices.Clone(opts.Files)
	slices.SortStableFunc(files, func(a, b File) int {
		return cmp.Or(cmp.Compare(a.path(), b.path()), cmp.Compare(a.sheet(), b.sheet()))
	})
	var found []*foundFile
	for _, f := range files {
		found = append(found, l.recognised(f))
	}
	settleSheets(found)
	slices.SortStableFunc(found, func(a, b *foundFile) int { return cmp.Compare(a.place(), b.place()) })
	var logs []*foundFile
	for _, f := range found {
		switch {
		case f.m != nil && f.m.set.log:
			logs = append(logs, f)
		case f.m != nil:
			l.read(f)
		case f.reading.Status == NotRead && f.Table != nil:
			f.reading.Input = notRead(f, l.zone)
		}
	}
	l.readLogs(logs, l.joinAccounts())
	return l.finish(found)
}

// place is the position of the file's data set; files that are not read come
// last.
func (f *foundFile) place() int {
	if f.m == nil {
		return len(dataSets)
	}
	return slices.IndexFunc(dataSets, func(d DataSet) bool { return d.Name == f.m.set.Name })
}

func (f *File) path() string {
	if f.Table != nil {
		return f.Table.File
	}
	return f.Name
}

func (f *File) sheet() string {
	if f.Table != nil {
		return f.Table.Sheet
	}
	return ""
}

func (f *File) claimedBy(src *config.Source) bool {
	return slices.ContainsFunc(append(f.Claims, f.Source), func(s *config.Source) bool { return s != nil && s.Name == src.Name })
}

// A foundFile is a file with what it was recognised as.
type foundFile struct {
	File
	m       *match // nil when its rows are not read
	dump    *dump  // nil unless its records refer to one another
	reading *Reading
}

// A loader collects what the files of one run state.
type loader struct {
	opts  Options
	zone  *time.Location
	set   *evidence.Set
	seen  map[string]diag.Pos   // exact rows, by data set
	keyed map[string]diag.Pos   // keys of rows, by data set
	named map[string]bool       // CVEs that findings name; nil until a score asks
	spare map[diag.Pos][]string // row -> further names of its system, for when the inventory does not know the first

	accountIDs []accountIDs // what the rows of accounts are known by, one a row
}

func newLoader(opts Options) *loader {
	if opts.Config == nil {
		opts.Config = &config.Config{TimeZone: time.UTC, Currency: "USD"}
	}
	zone := opts.Config.TimeZone
	if zone == nil {
		zone = time.UTC
	}
	return &loader{
		opts: opts, zone: zone,
		set:  &evidence.Set{AsOf: opts.AsOf, Zone: zone, Currency: opts.Config.Currency},
		seen: map[string]diag.Pos{}, keyed: map[string]diag.Pos{}, spare: map[diag.Pos][]string{},
	}
}

// recognised decides what a file is.
func (l *loader) recognised(f File) *foundFile {
	if f.Gone && len(f.Refused) == 0 {
		return &foundFile{File: f, reading: l.gone(&f)}
	}
	if f.Table == nil {
		r := &Reading{File: f.Name, Status: Refused, Problems: f.Refused, Reason: "it cannot be read"}
		if len(f.Refused) > 0 {
			r.Reason = f.Refused[0].Message
		}
		return &foundFile{File: f, reading: r}
	}
	d := openDump(f.Table)
	view := f.Table
	if d != nil {
		view = d.view
	}
	if r := unreadable(f.Table); r != nil {
		return &foundFile{File: f, reading: r}
	}
	m, r := recognise(view, f.Source, d != nil)
	r.Table = f.Table
	if m != nil {
		r.DataSet = m.set.Name
	}
	if r.Status == Undecided && len(r.Problems) == 0 {
		r.Problems = append(r.Problems, undecidedFile(r))
	}
	return &foundFile{File: f, m: m, dump: d, reading: r}
}

// unreadable is the reading of a table of which no record could be read; nil
// when some could, or when there are none.
func unreadable(t *source.Table) *Reading {
	if len(t.Rows) > 0 || len(t.Rejected) == 0 || len(t.Header) > 0 {
		return nil
	}
	r := &Reading{File: t.File, Sheet: t.Sheet, Table: t, Status: Refused}
	r.Reason = fmt.Sprintf("no record could be read, of %d: %s", len(t.Rejected), t.Rejected[0].Reason)
	r.Problems = append(r.Problems, diag.At(t.Pos(t.Rejected[0].N, -1), "no-rows", r.Reason+".", "export again, one record a row."))
	return r
}

// undecidedFile is the problem of a file whose data set is in doubt.
func undecidedFile(r *Reading) *diag.Problem {
	return diag.At(diag.Pos{File: r.File, Sheet: r.Sheet}, "undecided",
		fmt.Sprintf("what its rows are is undecided: %s. Nothing was guessed.", r.Reason),
		"say it under sources: in proofpack.yml (`proofpack check` prints the lines to begin with), or take the file out of the folder.")
}

// finish joins names, adds what is absent, and collects the problems.
func (l *loader) finish(found []*foundFile) (*evidence.Set, []Reading, []*diag.Problem) {
	l.joinReferences(found)
	l.joinNames(found)
	var problems []*diag.Problem
	var readings []Reading
	var kept []*Reading
	for _, f := range found {
		if in := f.reading.Input; in != nil && f.reading.Status == Read {
			l.set.Inputs = append(l.set.Inputs, *in)
			kept = append(kept, f.reading)
		}
	}
	for i, r := range kept {
		r.Input = &l.set.Inputs[i]
	}
	slices.SortStableFunc(found, func(a, b *foundFile) int {
		return cmp.Or(cmp.Compare(a.reading.File, b.reading.File), cmp.Compare(a.reading.Sheet, b.reading.Sheet))
	})
	for _, f := range found {
		problems = append(problems, f.reading.Problems...)
		readings = append(readings, *f.reading)
	}
	problems = append(problems, l.absent(found)...)
	l.missed(found)
	return l.set, readings, problems
}

// absent lists the sources that the configuration declares and nobody supplied.
func (l *loader) absent(found []*foundFile) []*diag.Problem {
	var problems []*diag.Problem
	for i := range l.opts.Config.Sources {
		src := &l.opts.Config.Sources[i]
		if slices.ContainsFunc(found, func(f *foundFile) bool { return f.claimedBy(src) }) {
			continue
		}
		l.set.Absent = append(l.set.Absent, evidence.Absence{
			Name: src.Name, DataSet: src.DataSet, Pattern: src.File, Required: src.Required,
			Short: src.Intake.RowsExpected != nil && *src.Intake.RowsExpected > 0,
		})
		if src.Required && !l.opts.AllowMissing {
			problems = append(problems, diag.At(diag.Pos{File: src.Intake.File, Row: src.Line}, "not-found",
				fmt.Sprintf("%s: no file matches %s.", src.Name, src.File),
				"put the export there, or build with --allow-missing to have page 1 say what is absent."))
		}
	}
	return problems
}
