package intake

import (
	"regexp"
	"slices"

	"proofpack/generator/evidence"
)

// readJob reads one run of a job. A run that names no system is kept: that is
// a finding of its own.
func readJob(r *row, set *evidence.Set) {
	run := evidence.JobRun{
		Pos: r.pos(), Job: r.jobName(), System: r.name("system"),
		At: r.when("started", "run_date", "ended"), Ended: r.day("ended"),
		Result: word(r, "result", results, "is no result that is known"), Message: r.text("message"),
		SizeBytes: r.bytes("size_bytes"), Expected: r.cadence("expected").every, Copy: r.copy("copy"),
	}
	run.Kind = r.jobKind(run.Job, run.Message)
	r.identify(run.Job, run.System, run.At.String())
	if r.ok() {
		set.Jobs = append(set.Jobs, run)
	}
}

// trailingStamp is the date that backup tools put behind the name of a job to
// name one archive.
var trailingStamp = regexp.MustCompile(`[-_.:@ ]*\d{4}-?\d{2}-?\d{2}([T_ -]?\d{2}[:.-]?\d{2}([:.-]?\d{2}(\.\d+)?)?)?Z?$`)

// jobName is the job's id; of an archive, its name without the date behind it.
func (r *row) jobName() string {
	name := r.key("job_id")
	if _, composed := r.m.composed["job_id"]; composed {
		if plain := trailingStamp.ReplaceAllString(name, ""); plain != "" {
			return plain
		}
	}
	return name
}

// jobKind is what the job does: by the kind column, else by its name, else by
// its message, else by columns that only a backup tool writes.
func (r *row) jobKind(name, message string) evidence.JobKind {
	if k := jobKind(r.text("kind")); k != "" {
		return k
	}
	for _, text := range []string{name, message} {
		if k, found := phraseIn(text, jobKinds); found {
			return k
		}
	}
	if slices.ContainsFunc(r.m.headings, func(h heading) bool { return backupHeadings[h.key] || backupHeadings[h.base] }) {
		return evidence.JobBackup
	}
	return evidence.JobOther
}

// backupHeadings stand in the session reports of backup tools only.
var backupHeadings = map[string]bool{
	"backupsize": true, "dedupratio": true, "compressratio": true, "dedupe": true, "taskalgorithm": true, "restorepointtype": true, "backuptype": true,
}

func jobNames(set *evidence.Set, visit visitor) {
	for i := range set.Jobs {
		visit(mention{pos: set.Jobs[i].Pos, name: &set.Jobs[i].System, subject: true})
	}
}
