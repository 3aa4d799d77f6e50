package report

import (
	"cmp"
	"slices"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// job is every run of one job, oldest first.
type job struct {
	name, system string
	kind         evidence.JobKind
	runs         []*evidence.JobRun
	streak       []*evidence.JobRun // failed runs up to the last; a skipped run does not end it
}

func (b *builder) jobs() []job {
	at := map[[2]string]int{}
	var all []job
	for i := range b.Set.Jobs {
		r := &b.Set.Jobs[i]
		key := [2]string{r.Job, r.System}
		n, ok := at[key]
		if !ok {
			n = len(all)
			at[key] = n
			all = append(all, job{name: r.Job, system: r.System, kind: r.Kind})
		}
		all[n].runs = append(all[n].runs, r)
	}
	for i := range all {
		runs := all[i].runs
		slices.SortStableFunc(runs, func(x, y *evidence.JobRun) int { return x.At.Compare(y.At) })
		for k := len(runs) - 1; k >= 0; k-- {
			if runs[k].Result == evidence.Skipped {
				continue
			}
			if runs[k].Result != evidence.Failed && runs[k].Result != evidence.Running {
				break
			}
			all[i].streak = append(all[i].streak, runs[k])
		}
		slices.Reverse(all[i].streak)
	}
	slices.SortStableFunc(all, func(x, y job) int {
		return cmp.Or(-cmp.Compare(len(x.streak), len(y.streak)), b.bySystemRank(x.system, y.system), cmp.Compare(x.name, y.name))
	})
	return all
}

// lastRuns is how many runs a strip shows.
const lastRuns = 14

// mostStrips is how many jobs are drawn; the table lists all.
const mostStrips = 12

func (b *builder) jobSection() Section {
	jobs := b.jobs()
	sec := Section{ID: "jobs", Kicker: "Jobs"}
	if len(jobs) == 0 {
		sec.Title = words("No run of any job is on record")
		sec.Blocks = []Block{Paragraph{Text: words(stateOf(assess.Missing), " Export the sessions of the backup tool and the history of scheduled jobs.")}}
		return sec
	}
	var strips Strips
	t := Table{Caption: "Jobs", Wide: true, Columns: []Column{{Title: "Job", Share: .2}, {Title: "System", Share: .14}, {Title: "Kind", Share: .11}, {Title: "Ran well", Num: true, Share: .11}, {Title: "Failing in a row", Num: true, Share: .1}, {Title: "Since", Share: .13}, {Title: "Last run", Share: .21}}}
	failing := 0
	var failingRows []diag.Pos
	for n, j := range jobs {
		ok := 0
		var rows []diag.Pos
		for _, r := range j.runs {
			rows = append(rows, r.Pos)
			if r.Result == evidence.Success {
				ok++
			}
		}
		system := absent("names no system")
		if j.system != "" {
			system = words(b.system(j.system))
		}
		since, streak := words("not failing"), words("0")
		note := "last run " + lower(resultText(j.runs[len(j.runs)-1].Result).Plain())
		if len(j.streak) > 0 {
			failing++
			failingRows = append(failingRows, streakRows(j)...)
			since = words(keep(evidence.ShortDay(j.streak[0].At)))
			streak = words(b.count(len(j.streak), "count(failed runs of "+j.name+" after its last good one)", streakRows(j)...))
			note = "failed " + evidence.Of(len(j.streak), "time", "times") + " in a row since " + evidence.ShortDay(j.streak[0].At)
		}
		last := j.runs[len(j.runs)-1]
		t.Rows = append(t.Rows, TableRow{Cells: []Text{
			words(code(j.name)), system, words(string(j.kind)),
			words(b.figure(evidence.Figure{Text: evidence.Whole(ok) + " of " + evidence.Whole(len(j.runs)), Value: float64(ok), Unit: "count", Formula: "count(runs of " + j.name + " where result = success) of count(runs)", Sources: rows}, "runs of "+j.name)),
			streak, since, words(resultText(last.Result), ", ", Span{Text: evidence.ShortDay(last.At), Href: b.rowPath(last.Pos), Keep: true}),
		}})
		if n < mostStrips {
			strip := Strip{Label: words(j.name), Sub: orWord(j.system, "no system"), Note: note}
			for _, r := range j.runs[max(0, len(j.runs)-lastRuns):] {
				strip.Cells = append(strip.Cells, StripCell{State: runState(r.Result), Says: evidence.ShortDay(r.At) + ": " + lower(resultText(r.Result).Plain())})
			}
			strips.Rows = append(strips.Rows, strip)
		}
	}
	sec.Title = words(b.count(failing, "count(jobs whose last run failed)", failingRows...), " of ", b.count(len(jobs), "count(jobs)"), " jobs ", evidence.Noun(failing, "is", "are"), " failing as of the last run")
	sec.Blocks = []Block{Chart{ID: "job-strips", Measure: "Last runs of each job, oldest at the left; the jobs that have failed longest stand first.", Drawing: strips, Table: &t}}
	return sec
}

func streakRows(j job) []diag.Pos {
	var rows []diag.Pos
	for _, r := range j.streak {
		rows = append(rows, r.Pos)
	}
	return rows
}

func runState(r evidence.Result) assess.State {
	switch r {
	case evidence.Success:
		return assess.Proven
	case evidence.Warning:
		return assess.Stale
	case evidence.Failed, evidence.Running:
		return assess.Failed
	case evidence.Skipped, evidence.UnknownResult:
	}
	return assess.Missing
}
