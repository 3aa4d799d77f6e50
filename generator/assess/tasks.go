package assess

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"proofpack/generator/evidence"
)

// taskDone (GOV-01) asks for a timetable and a record behind every recurring
// task.
var taskDone = Check{
	ID:          "GOV-01",
	Question:    "Was every recurring task done in time, with a record?",
	Why:         "A routine without a record is a habit, and habits lapse unseen.",
	Needs:       []string{evidence.Tasks},
	Discipline:  Routines,
	Consequence: Downtime,
	Gap:         Visibility,
	Limit:       limitOf("task-overdue"),
	LimitFrom:   "judgement",
	Controls:    controls("GOV-01"),
	Closes:      "the date it was last done and the reference of the record that shows it",
	Subjects:    everyTask,
	Judge:       judgeTaskDone,
}

// taskOwned (GOV-02) asks for a person behind every recurring task.
var taskOwned = Check{
	ID:          "GOV-02",
	Question:    "Does a named person do every recurring task?",
	Why:         "What everybody should do, nobody does.",
	Needs:       []string{evidence.Tasks},
	Discipline:  Routines,
	Consequence: Downtime,
	Gap:         Visibility,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("GOV-02"),
	Closes:      "the name of a person in the owner column",
	Subjects:    everyTask,
	Judge:       judgeTaskOwned,
}

func everyTask(in *Input) []Subject {
	var out []Subject
	for i := range in.Tasks {
		t := &in.Tasks[i]
		out = append(out, Subject{Kind: "task", ID: taskKey(t), Name: taskName(t), System: t.System, Service: t.Service})
	}
	slices.SortStableFunc(out, func(a, b Subject) int { return cmp.Compare(a.ID, b.ID) })
	return in.withSilent(slices.CompactFunc(out, func(a, b Subject) bool { return a.ID == b.ID }))
}

// taskKey is what a task is found by: its id, its name, or its row.
func taskKey(t *evidence.Task) string {
	return cmp.Or(t.ID, t.Name, t.Pos.String())
}

func taskName(t *evidence.Task) string { return cmp.Or(t.Name, taskKey(t)) }

// judgeTasks judges the tasks of a subject; of several under one key the worse
// counts.
func (in *Input) judgeTasks(s Subject, judge func(*evidence.Task) Answer) Answer {
	if s.Kind == "service" {
		return Answer{Says: say("No recurring task is on record for {}.", s.Name)}
	}
	var out Answer
	for i := range in.Tasks {
		if t := &in.Tasks[i]; taskKey(t) == s.ID {
			if a := judge(t); out.Says.Empty() || Worse(a.State, out.State) {
				out = a
			}
		}
	}
	return out
}

func judgeTaskDone(in *Input, s Subject) Answer {
	return in.judgeTasks(s, func(t *evidence.Task) Answer {
		head, rows := taskHead(t), at(t.Pos)
		noRecord := strings.TrimSpace(t.Record) == ""
		due, readable := in.taskDue(t)
		late := in.daysSince(due)
		done := in.on(t.LastDone, "last_done of "+taskKey(t), t.Pos)
		switch {
		case t.LastDone.IsZero() && !t.Due.IsZero() && t.Due.Before(in.AsOf):
			return Answer{State: Failed, Says: say(head+", never done, due on {}.", in.on(t.Due, "due of "+taskKey(t), t.Pos)), Sources: rows, Drift: "overdue task"}
		case t.LastDone.IsZero():
			return Answer{Says: say(head + ", never done as far as the export shows."), Sources: rows, Drift: "overdue task"}
		case !readable:
			return Answer{Says: say(head+", last done on {}: when it is due again cannot be told.", done), Sources: rows, Drift: "overdue task"}
		case due.Before(in.AsOf) && late > 0 && noRecord:
			return Answer{State: Failed, Says: join(in.overdue(t, due), noRecordOf(done)), Sources: rows, Drift: "overdue task"}
		case due.Before(in.AsOf) && late > 0:
			return Answer{State: Stale, Says: in.overdue(t, due), Sources: rows, Drift: "overdue task"}
		case noRecord:
			return Answer{Says: join(say(head+"."), noRecordOf(done)), Sources: rows, Drift: "task without record"}
		}
		return Answer{State: Proven, Says: say(head+", done on {}, record {}.", done, t.Record), Sources: rows}
	})
}

// taskHead begins the sentence about a task: "Capacity review: monthly, no
// owner".
func taskHead(t *evidence.Task) string {
	head := taskName(t) + ": " + cmp.Or(strings.TrimSpace(t.Cadence), "no timetable")
	if strings.TrimSpace(t.Owner) == "" {
		head += ", no owner"
	}
	return evidence.Word(head)
}

func noRecordOf(done evidence.Figure) evidence.Statement {
	return say("No record shows that it was done on {}.", done)
}

func (in *Input) overdue(t *evidence.Task, due time.Time) evidence.Statement {
	return say(taskHead(t)+", {} overdue.", evidence.InDays(in.daysSince(due), "days from last_done + the periods allowed to as-of", t.Pos))
}

// taskDue is when a task was due again: last done and the periods that policy
// allows, by calendar months where the cadence is in months. The due column is
// not asked: a blank there must not make a late task look done.
func (in *Input) taskDue(t *evidence.Task) (time.Time, bool) {
	periods := in.Policy.TaskOverdue
	switch {
	case t.LastDone.IsZero():
		return time.Time{}, false
	case t.Months > 0:
		return addMonths(in.zoned(t.LastDone), t.Months*periods), true
	case t.Every > 0:
		return in.later(t.LastDone, t.Every*time.Duration(periods)), true
	}
	return time.Time{}, false
}

// addMonths is the same day so many months later, the last of a shorter month.
func addMonths(t time.Time, months int) time.Time {
	first := time.Date(t.Year(), t.Month(), 1, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Location()).AddDate(0, months, 0)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

func judgeTaskOwned(in *Input, s Subject) Answer {
	return in.judgeTasks(s, func(t *evidence.Task) Answer {
		switch {
		case strings.TrimSpace(t.Owner) == "":
			return Answer{Says: say("{} has no owner.", s.Name), Sources: at(t.Pos), Drift: "task without owner"}
		case !evidence.IsPerson(t.Owner):
			return Answer{State: Failed, Says: say("{} has no person as owner: “{}” is a group or a mailbox.", s.Name, t.Owner), Sources: at(t.Pos), Drift: "task without owner"}
		}
		return Answer{State: Proven, Says: say("{} belongs to {}.", s.Name, t.Owner), Sources: at(t.Pos)}
	})
}
