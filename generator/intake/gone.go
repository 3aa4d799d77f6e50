package intake

import (
	"path"
	"slices"
	"strings"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// gone is the reading of an export of which only the intake record is there:
// somebody had it. It stops a build, unless absent exports are allowed.
func (l *loader) gone(f *File) *Reading {
	r := &Reading{File: f.Name, Status: Refused, LooksLike: l.heldBy(f), Reason: "only its intake record is here"}
	if l.opts.AllowMissing {
		r.Status = NotRead
		return r
	}
	r.Problems = []*diag.Problem{diag.At(diag.Pos{File: f.Intake.File}, "record-alone",
		"the intake record stands beside no export: what it records is not here, and without it nothing shows that the month is whole.",
		"put "+path.Base(f.Name)+" beside it, take the record away if there is no such export any more, or build with --allow-missing to have page 1 say what is absent")}
	return r
}

// heldBy is the data set of an export that is gone: that of the source whose
// pattern fits its name, or the one that its name speaks of; "" when neither
// decides.
func (l *loader) heldBy(f *File) string {
	if src := l.sourceOf(f.Name); src != nil && src.DataSet != "" {
		return src.DataSet
	}
	found := ""
	for i := range dataSets {
		if name, _, _ := strings.Cut(path.Base(f.Name), "."); !dataSets[i].hintedBy(name) {
			continue
		}
		if found != "" {
			return ""
		}
		found = dataSets[i].Name
	}
	return found
}

// sourceOf is the first source of the configuration whose pattern fits a name;
// nil when there is none.
func (l *loader) sourceOf(name string) *config.Source {
	for i := range l.opts.Config.Sources {
		src := &l.opts.Config.Sources[i]
		// The month stands in the pattern as * does: the name was found in the
		// exports of the month.
		if fits, err := path.Match(strings.ReplaceAll(src.File, "{month}", "*"), name); err == nil && fits {
			return src
		}
	}
	return nil
}

// missed lists exports of which only the intake record is there as absent. With
// a declared number of rows the data set is short; where nobody says which it
// is, it may be any.
func (l *loader) missed(found []*foundFile) {
	for _, f := range found {
		if !f.Gone || f.Intake == nil {
			continue
		}
		a := evidence.Absence{
			Name: path.Base(f.Intake.File), DataSet: l.heldBy(&f.File), Pattern: f.Name, Required: true,
			Short: f.Intake.RowsExpected != nil && *f.Intake.RowsExpected > 0,
		}
		if src := l.sourceOf(f.Name); src != nil { // said once, where the configuration says it
			at := slices.IndexFunc(l.set.Absent, func(b evidence.Absence) bool { return b.Name == src.Name })
			if at >= 0 {
				l.set.Absent[at].Required = true
				l.set.Absent[at].Short = l.set.Absent[at].Short || a.Short
				continue
			}
		}
		l.set.Absent = append(l.set.Absent, a)
	}
}
