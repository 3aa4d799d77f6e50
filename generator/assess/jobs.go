package assess

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// A job is every run of one job on one system.
type job struct {
	Name, System string
	Kind         evidence.JobKind
	Runs         []*evidence.JobRun // oldest first
}

// jobsOf groups runs by system and job. A run that names no system belongs to
// the system that the other runs of its job name, when they name one.
func jobsOf(runs []evidence.JobRun) map[string][]*job {
	type key struct{ system, name string }
	owners := map[string]map[string]bool{}
	for i := range runs {
		if runs[i].System == "" {
			continue
		}
		if owners[runs[i].Job] == nil {
			owners[runs[i].Job] = map[string]bool{}
		}
		owners[runs[i].Job][runs[i].System] = true
	}
	byKey := map[key]*job{}
	out := map[string][]*job{}
	for i := range runs {
		r := &runs[i]
		system := r.System
		if system == "" && len(owners[r.Job]) == 1 {
			for only := range owners[r.Job] {
				system = only
			}
		}
		k := key{system, r.Job}
		if byKey[k] == nil {
			byKey[k] = &job{Name: r.Job, System: system}
			out[system] = append(out[system], byKey[k])
		}
		byKey[k].Runs = append(byKey[k].Runs, r)
	}
	for _, jobs := range out {
		slices.SortFunc(jobs, func(a, b *job) int { return cmp.Compare(a.Name, b.Name) })
		for _, j := range jobs {
			slices.SortStableFunc(j.Runs, byRun)
			j.Kind = kindOf(j.Runs)
		}
	}
	return out
}

// kindOf is the first kind that the runs state; a run may leave it blank.
func kindOf(runs []*evidence.JobRun) evidence.JobKind {
	for _, r := range runs {
		if r.Kind != "" && r.Kind != evidence.JobOther {
			return r.Kind
		}
	}
	return evidence.JobOther
}

// byRun puts the oldest run first. Of runs at one time the worse counts as the
// later, and what has no time counts against the job: a success as the oldest,
// anything else as the newest.
func byRun(a, b *evidence.JobRun) int {
	return cmp.Or(
		cmp.Compare(undated(a), undated(b)),
		a.At.Compare(b.At),
		cmp.Compare(runRank(a.Result), runRank(b.Result)),
		byPlace(a.Pos, b.Pos),
	)
}

func undated(r *evidence.JobRun) int {
	switch {
	case !r.At.IsZero():
		return 0
	case r.Result == evidence.Success:
		return -1
	}
	return 1
}

func runRank(r evidence.Result) int {
	switch r {
	case evidence.Success:
		return 0
	case evidence.Warning:
		return 1
	case evidence.Skipped:
		return 2
	case evidence.Running, evidence.UnknownResult:
		return 3
	case evidence.Failed:
		return 4
	}
	return 3
}

// A streak is what happened since a job's last good run. A skipped run, a
// warning and a run without a result never end it.
type streak struct {
	Good   *evidence.JobRun   // the last good run; nil when there is none
	Failed []*evidence.JobRun // failed runs after it, oldest first
	Open   []*evidence.JobRun // runs after it that have no result: they could have failed
}

func (j *job) streak() streak {
	var s streak
	for i := len(j.Runs) - 1; i >= 0; i-- {
		r := j.Runs[i]
		switch r.Result {
		case evidence.Success:
			s.Good = r
			slices.Reverse(s.Failed)
			slices.Reverse(s.Open)
			return s
		case evidence.Failed:
			s.Failed = append(s.Failed, r)
		case evidence.Running, evidence.UnknownResult:
			s.Open = append(s.Open, r)
		case evidence.Warning, evidence.Skipped:
		}
	}
	slices.Reverse(s.Failed)
	slices.Reverse(s.Open)
	return s
}

// withResult counts the runs that ended in a result.
func withResult(runs []*evidence.JobRun, result evidence.Result) []*evidence.JobRun {
	var out []*evidence.JobRun
	for _, r := range runs {
		if r.Result == result {
			out = append(out, r)
		}
	}
	return out
}

func runPlaces(runs []*evidence.JobRun) []diag.Pos {
	return positions(runs, func(r *evidence.JobRun) diag.Pos { return r.Pos })
}

// ofKind are a system's jobs of one kind.
func (in *Input) jobsOfKind(system string, kind evidence.JobKind) []*job {
	var out []*job
	for _, j := range in.index().jobs[system] {
		if j.Kind == kind {
			out = append(out, j)
		}
	}
	return out
}

// title is a job as the subject of a sentence: its own name where a reader
// understands it, else what it does.
func (j *job) title() string {
	if strings.ToUpper(j.Name) != j.Name {
		return j.Name
	}
	switch j.Kind {
	case evidence.JobCleanup:
		if j.mentions("snap") || j.mentions("consolid") {
			return "Snapshot clean-up"
		}
		return "Clean-up"
	case evidence.JobIntegrity:
		return "Consistency check"
	case evidence.JobReplication:
		return "Replication"
	case evidence.JobBackup:
		one, _ := j.nouns()
		return upper(one)
	case evidence.JobOther:
	}
	return "Job " + j.Name
}

// called is a job in the middle of a sentence, with its name where the title
// is not the name: "the consistency check DBCHECK-APP-02".
func (j *job) called() string {
	title := j.title()
	if title == j.Name {
		return j.Name
	}
	if strings.HasPrefix(title, "Job ") {
		return "job " + j.Name
	}
	return "the " + strings.ToLower(title[:1]) + title[1:] + " " + j.Name
}

// nouns are what one and many runs of the job are called.
func (j *job) nouns() (one, many string) {
	switch {
	case j.Kind == evidence.JobBackup && j.mentions("snap"):
		return "snapshot", "snapshots"
	case j.Kind == evidence.JobBackup:
		return "backup", "backups"
	case j.Kind == evidence.JobIntegrity:
		return "consistency check", "consistency checks"
	}
	return "run", "runs"
}

func (j *job) mentions(word string) bool {
	if strings.Contains(strings.ToLower(j.Name), word) {
		return true
	}
	for _, r := range j.Runs {
		if strings.Contains(strings.ToLower(r.Message), word) {
			return true
		}
	}
	return false
}
