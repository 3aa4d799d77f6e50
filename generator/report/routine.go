package report

import (
	"fmt"
	"slices"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// routine is the page of recurring tasks: owner, timetable and record.
func (b *builder) routine() *Page {
	p := &Page{Path: "routine.html", Nav: "Routine", Kicker: "Routine", Lede: words("A recurring task is proven when it has a named owner, a timetable, and a record that shows it was completed in time. Done by word of mouth is not done.")}
	if len(b.Set.Tasks) == 0 {
		p.Title = words("No recurring task is on record, so nothing shows that routine work is done")
		p.Sections = []Section{{ID: "tasks", Kicker: "Tasks", Title: words("No task in any export"), Blocks: []Block{Paragraph{Text: words(stateOf(assess.Missing), " Supply the register of recurring tasks: task, owner, cadence, last done, record.")}}}}
		return p
	}
	t := Table{Caption: "Recurring tasks", Wide: true, Columns: []Column{{Title: "Task", Share: .16}, {Title: "Of", Share: .1}, {Title: "Owner", Share: .11}, {Title: "Cadence", Share: .09}, {Title: "Last done", Share: .1}, {Title: "Record", Share: .1}, {Title: "State", Share: .1}, {Title: "What the record says", Share: .24}}}
	all, owned := 0, 0
	var rows, allRows []diag.Pos
	var cal Calendar
	months := lastMonths(b.Set.AsOf, 6)
	for _, m := range months {
		cal.Columns = append(cal.Columns, m.Format("Jan 2006"))
	}
	tasks := make([]*evidence.Task, len(b.Set.Tasks))
	for i := range b.Set.Tasks {
		tasks[i] = &b.Set.Tasks[i]
	}
	slices.SortStableFunc(tasks, func(x, y *evidence.Task) int {
		return worseFirst(b.worstOfTask(x).State, b.worstOfTask(y).State)
	})
	for _, task := range tasks {
		state, says, at := b.taskState(task)
		allRows = append(allRows, task.Pos)
		if state == assess.Proven {
			all++
			rows = append(rows, at...)
		}
		if task.Owner != "" {
			owned++
		}
		of := words("the company")
		switch {
		case task.System != "":
			of = words(b.system(task.System))
		case task.Service != "":
			of = words(b.service(task.Service))
		}
		done := absent("never, as far as the row shows")
		if !task.LastDone.IsZero() {
			done = words(keep(evidence.ShortDay(task.LastDone)))
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(link(task.Name, b.rowPath(task.Pos))), of, orAbsent(task.Owner, "no owner"), orAbsent(task.Cadence, "not set"), done, orAbsent(task.Record, "no record"), words(stateOf(state)), says}})
		cal.Rows = append(cal.Rows, b.taskRow(task, months))
	}
	n := len(b.Set.Tasks)
	p.Title = words(b.count(all, "count(tasks with owner, timetable and a record in time)", rows...), " of ", b.count(n, "count(tasks)", allRows...), " recurring tasks ", evidence.Noun(all, "has", "have"), " an owner, a timetable and a record in time; ", b.count(n-owned, "count(tasks where owner is blank)"), " ", evidence.Noun(n-owned, "has", "have"), " no owner")
	p.Sections = []Section{
		{ID: "tasks", Kicker: "Tasks", Title: words("Owner, timetable and record of ", counted(n, "task")), Blocks: []Block{Chart{ID: "calendar", Measure: "Months to as-of. A month is drawn where the last record or its absence says something about it; earlier records are not in the export.", Drawing: cal, Table: &t}}},
	}
	return p
}

// taskState is the worst of the two checks that ask for owner, timetable and
// record; whether a task names its runbook is another question.
func (b *builder) taskState(task *evidence.Task) (assess.State, Text, []diag.Pos) {
	worst := b.worstOfTask(task)
	if worst.Check == nil {
		return worst.State, absent("no check has anything to say"), nil
	}
	return worst.State, b.say(worst.Says), worst.Sources
}

// worstOfTask is the worst of what owner, timetable and record of a task come
// to; missing, of no check, where nothing was found of it.
func (b *builder) worstOfTask(task *evidence.Task) *assess.Finding {
	worst := &assess.Finding{}
	all := b.bySubject["task/"+task.ID]
	for _, f := range slices.Concat(b.findings(all, "GOV-01"), b.findings(all, "GOV-02")) {
		if worst.Check == nil || assess.Worse(f.State, worst.State) {
			worst = f
		}
	}
	return worst
}

// lastMonths are the first days of the months up to and with that of asOf.
func lastMonths(asOf time.Time, n int) []time.Time {
	first := time.Date(asOf.Year(), asOf.Month(), 1, 0, 0, 0, 0, asOf.Location())
	var all []time.Time
	for i := n - 1; i >= 0; i-- {
		all = append(all, first.AddDate(0, -i, 0))
	}
	return all
}

// doneCell is the month in which a task was last done. It is proven by what
// makes the task proven: a record, an owner, and an export that is whole.
func (b *builder) doneCell(task *evidence.Task) CalendarCell {
	done := "said to be done " + evidence.ShortDay(task.LastDone)
	switch {
	case task.Record == "":
		return CalendarCell{State: assess.Missing, Says: done + ", no record"}
	case !evidence.IsPerson(task.Owner):
		return CalendarCell{State: assess.Missing, Says: done + ", no owner"}
	case b.Set.Standing(evidence.Tasks) == evidence.Short:
		return CalendarCell{State: assess.Missing, Says: done + ", record " + task.Record + ", in an export that is short and proves nothing"}
	}
	return CalendarCell{State: assess.Proven, Says: "done " + evidence.ShortDay(task.LastDone) + ", record " + task.Record}
}

// taskRow is what the one row of a task says about each month.
func (b *builder) taskRow(task *evidence.Task, months []time.Time) CalendarRow {
	row := CalendarRow{Label: task.Name, Sub: orWord(task.Owner, "no owner")}
	var due time.Time
	if !task.LastDone.IsZero() {
		due = task.LastDone.AddDate(0, task.Months, 0)
		if task.Months == 0 {
			due = task.LastDone.Add(task.Every)
		}
	}
	for _, m := range months {
		end := m.AddDate(0, 1, 0)
		cell := CalendarCell{Blank: true, Says: "no record of this month in the export"}
		switch {
		case task.LastDone.IsZero():
			cell = CalendarCell{State: assess.Missing, Says: "never done, as far as the row shows"}
		case !task.LastDone.Before(m) && task.LastDone.Before(end):
			cell = b.doneCell(task)
		case task.Every > 0 && due.Before(end) && due.Before(b.Set.AsOf) && task.LastDone.Before(m):
			cell = CalendarCell{State: b.worstOfTask(task).State, Says: fmt.Sprintf("overdue since %s", evidence.ShortDay(due))}
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}
