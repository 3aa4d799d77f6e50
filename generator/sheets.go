package generator

import (
	"fmt"
	"slices"
	"strings"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/intake"
	"proofpack/generator/source"
)

// share gives the tables of one file to the sources that claim it: a source
// with a sheet takes that sheet, one without takes what its data set is. A
// table that nobody claims is recognised by itself.
func share(f intake.File, tables []*source.Table, claims []*config.Source) ([]intake.File, []*diag.Problem) {
	takers := make([]*config.Source, len(tables))
	var problems []*diag.Problem
	take := func(src *config.Source, at []int) {
		for _, i := range at {
			switch other := takers[i]; {
			case other != nil:
				problems = append(problems, claimedTwice(tables[i], other, src))
			default:
				takers[i] = src
			}
		}
	}
	for _, src := range claims {
		if src.Sheet == "" {
			continue
		}
		at := slices.IndexFunc(tables, func(t *source.Table) bool { return t.Sheet != "" && strings.EqualFold(t.Sheet, src.Sheet) })
		if at < 0 {
			problems = append(problems, diag.At(diag.Pos{File: src.Intake.File, Row: src.Line}, "no-such-sheet",
				fmt.Sprintf("source %q names the sheet %q, and %s is no workbook.", src.Name, src.Sheet, f.Name), "take `sheet:` away."))
			continue
		}
		take(src, []int{at})
	}
	for _, src := range claims {
		if src.Sheet == "" {
			take(src, tablesFor(src, tables, takers))
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	var files []intake.File
	for i, t := range tables {
		of := f
		of.Table, of.Source = t, takers[i]
		files = append(files, of)
	}
	return files, nil
}

// tablesFor are the tables that a source without a sheet means: those that are
// of its data set by themselves; else those that are by what the source says
// of their columns; else the first that is nothing else, which then says what
// it lacks.
func tablesFor(src *config.Source, tables []*source.Table, takers []*config.Source) []int {
	var by, with, free []int
	for i, t := range tables {
		if takers[i] != nil && len(tables) > 1 {
			continue
		}
		is := intake.Recognised(t, nil)
		switch {
		case is == src.DataSet:
			by = append(by, i)
		case is == "":
			free = append(free, i)
			if intake.Recognised(t, src) == src.DataSet {
				with = append(with, i)
			}
		}
	}
	switch {
	case len(tables) == 1:
		return []int{0}
	case len(by) > 0:
		return by
	case len(with) > 0:
		return with
	case len(free) > 0:
		return free[:1]
	}
	return []int{0}
}

func claimedTwice(t *source.Table, one, other *config.Source) *diag.Problem {
	what := t.File
	if t.Sheet != "" {
		what = fmt.Sprintf("the sheet %q of %s", t.Sheet, t.File)
	}
	return diag.At(diag.Pos{File: other.Intake.File, Row: other.Line}, "claimed-twice",
		fmt.Sprintf("the sources %q and %q both claim %s, and a row counts once.", one.Name, other.Name, what), "keep one of the two, or name another file or sheet: for one of them.")
}
