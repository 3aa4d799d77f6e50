package generator

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/history"
	"proofpack/generator/seal"
)

// A NotVerified is an archive that is not as it was sealed, so that nothing is
// read from it.
type NotVerified struct{ *diag.Problem }

// Unwrap is the problem, for printing.
func (e *NotVerified) Unwrap() error { return e.Problem }

// A Compared is what changed from one archive to another.
type Compared struct {
	*history.Diff
	Before, After string // the published months: 2026-04, 2026-05-draft
	Drafts        bool   // nobody signed one of the two
	Courses       []history.Course
}

var aMonth = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])(\.r[0-9]+|-draft)?$`)

// Compare says what changed between two archives, each given as a path or as a
// month of the archive folder. Both are verified first.
func Compare(o Options, from, to string) (*Compared, error) {
	before, a, err := o.recordOf(from)
	if err != nil {
		return nil, err
	}
	now, b, err := o.recordOf(to)
	if err != nil {
		return nil, err
	}
	d := history.Compare(before, now)
	return &Compared{
		Diff: d, Before: a.Packet, After: b.Packet, Drafts: a.Draft || b.Draft, Courses: history.Courses(before, now, d),
	}, nil
}

// recordOf reads the record of an archive, verified.
func (o *Options) recordOf(word string) (*evidence.Month, *seal.Verification, error) {
	path, err := o.archiveOf(word)
	if err != nil {
		return nil, nil, err
	}
	name := filepath.Base(path)
	v, err := seal.Verify(path, seal.VerifyOptions{Keep: []string{recordsPath}, Alone: true})
	if err != nil {
		return nil, nil, diag.At(diag.Pos{File: word}, "no-archive", "it cannot be opened: "+reason(err)+".", "name an archive (zip), or a month of the archive folder")
	}
	switch {
	case v.Kind != seal.KindArchive && v.Kind != seal.KindBag:
		return nil, nil, diag.At(diag.Pos{File: word}, "no-archive", "it is no archive: only an archive keeps what its month can be compared by.", "name the zip in the archive folder, or its month")
	case len(v.Failures) > 0:
		return nil, nil, &NotVerified{diag.At(diag.Pos{File: name}, string(v.Failures[0].Reason), "it does not verify, and nothing is read from it: "+v.Failures[0].Error()+".", "ask for a fresh copy from whoever published it")}
	}
	data, has := v.Kept[recordsPath]
	if !has {
		return nil, nil, diag.At(diag.Pos{File: name}, "no-records", "it was made by a version of the program that kept no records.", "build that month again")
	}
	m, err := history.Read(name, data)
	if err != nil {
		return nil, nil, err
	}
	m.Archive, m.Seal, m.Draft = name, v.Seal, v.Draft
	return m, v, nil
}

// archiveOf is the path of an archive: a file or folder that is there, or the
// newest revision of a month, signed before draft.
func (o *Options) archiveOf(word string) (string, error) {
	if !aMonth.MatchString(word) {
		return word, nil
	}
	company, err := o.company()
	if err != nil {
		return "", err
	}
	archives, err := seal.Archives(o.archiveDir(), company)
	if err != nil {
		return "", err
	}
	found := ""
	var there []string
	for _, a := range archives { // by month: revisions in order, a draft behind them
		there = append(there, a.Packet)
		switch {
		case a.Packet == word && (a.Draft || a.Revision > 1): // one packet was named
			found = a.File
		case a.Month == word && (found == "" || !a.Draft):
			found = a.File
		}
	}
	if found == "" {
		fix := "build it first"
		if len(there) > 0 {
			fix = "there are " + strings.Join(there, ", ")
		}
		return "", diag.At(diag.Pos{File: filepath.ToSlash(o.archiveDir())}, "no-archive", "there is no archive of "+word+".", fix)
	}
	return filepath.Join(o.archiveDir(), found), nil
}

// company is whose archives are looked for, from the configuration.
func (o *Options) company() (string, error) {
	text, err := os.ReadFile(filepath.Join(o.Dir, o.configName()))
	if err != nil {
		return "", diag.At(diag.Pos{File: o.configName()}, "no-config", "there is no configuration in "+o.Dir+", so nothing says whose archives to look for.", "name the folder with --dir, or the archives by their paths")
	}
	c, problems := config.Parse(o.configName(), text)
	if len(problems) > 0 {
		return "", &Refused{Usage: true, Problems: problems}
	}
	return c.Company, nil
}

// A Backtest is what earlier packets said before an incident.
type Backtest struct {
	Incident evidence.Incident
	Service  string // name; "" when the incident names none
	Zone     *time.Location
	Months   []string // earlier packets that were looked at, oldest first
	Unused   []history.Unused
	Warnings []history.Warning
}

// Retell holds an incident of a month's exports against the packets before it.
func Retell(o Options, id string) (_ *Backtest, err error) {
	in, _, past, err := o.accepted()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.close()) }()
	at := slices.IndexFunc(in.set.Incidents, func(n evidence.Incident) bool { return strings.EqualFold(n.ID, id) })
	if at < 0 {
		fix := "supply the incidents export of the month"
		if known := incidentIDs(in.set); len(known) > 0 {
			fix = "there are " + strings.Join(known, ", ")
		}
		return nil, &Refused{Month: o.Month, Usage: true, Problems: []*diag.Problem{diag.At(diag.Pos{}, "no-incident", fmt.Sprintf("the exports of %s have no incident %q.", evidence.MonthName(o.Month), id), fix)}}
	}
	b := &Backtest{Incident: in.set.Incidents[at], Zone: in.set.Zone, Unused: past.Chain.Unused}
	if s := in.set.Service(b.Incident.Service); s != nil {
		b.Service = s.Name
	}
	for i := range in.set.Earlier {
		b.Months = append(b.Months, in.set.Earlier[i].Name)
	}
	b.Warnings = history.Warned(in.set, &b.Incident)
	return b, nil
}

func incidentIDs(set *evidence.Set) []string {
	var all []string
	for i := range set.Incidents {
		all = append(all, set.Incidents[i].ID)
	}
	return all
}
