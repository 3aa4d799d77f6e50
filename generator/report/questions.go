package report

import (
	"fmt"
	"slices"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// A question is one of the eight that the article tells a leader to ask.
type question struct {
	asks   string
	needs  []string // data sets without any of which it cannot be answered
	checks []string // the checks whose findings answer it
	says   func(*builder) Text
}

// questionList holds the eight questions: four of "what to verify", four of how
// to judge competence.
var questionList = []question{
	{"What was the last successful restore test of each critical system, and how long did it take?", []string{evidence.Restores}, []string{"BKP-01", "BKP-02"}, (*builder).sayRestores},
	{"Is there a documented recovery order for critical systems and their dependencies?", []string{evidence.RecoveryPlan}, []string{"BKP-08", "DOC-02"}, (*builder).sayOrder},
	{"Is there evidence that failed jobs, expired credentials and capacity issues are actively reviewed?", []string{evidence.Jobs, evidence.Capacity, evidence.Alerts}, []string{"MON-01", "MON-05", "MON-06", "MON-07", "BKP-04"}, (*builder).sayReviewed},
	{"Who owns escalation when recovery targets are missed?", []string{evidence.Services}, nil, (*builder).sayEscalation},
	{"What are the current patch status, open risks, alert handling and asset accuracy?", []string{evidence.Inventory, evidence.Alerts}, []string{"INV-01", "INV-02", "MON-01", "PAT-01", "PAT-02", "PAT-08"}, (*builder).sayCurrent},
	{"Why is a system outside policy, who approved the risk, and when will it be corrected?", []string{evidence.Exceptions}, []string{"PAT-04", "PAT-05", "GOV-04"}, (*builder).sayExceptions},
	{"Are privileged, dormant, vendor and leavers' accounts reviewed on a defined cadence, with records?", []string{evidence.AccessReviews, evidence.Accounts}, []string{"ACC-06", "ACC-18", "ACC-03", "ACC-09", "ACC-01"}, (*builder).sayAccounts},
	{"Is recovery validated by restore tests, sequence notes, and lessons fixed after each test?", []string{evidence.Restores}, []string{"BKP-06", "BKP-11", "BKP-10"}, (*builder).sayValidated},
}

// answered is a question with its answer.
type answered struct {
	Question string
	Answer   Text
	Counts   assess.Counts
	Cannot   bool
	Supply   []string
	findings []*assess.Finding
}

// answers are the eight answers; a question without its data cannot be answered.
func (b *builder) answers() []answered {
	var all []answered
	for _, q := range questionList {
		a := answered{Question: q.asks, findings: b.ofChecks(q.checks...)}
		for _, f := range a.findings {
			a.Counts.Add(f.State)
		}
		supplied := false
		for _, d := range q.needs {
			if b.Set.Supplied(d) && b.Set.RowsRead(d) > 0 {
				supplied = true
			} else {
				a.Supply = append(a.Supply, d)
			}
		}
		if !supplied {
			a.Cannot = true
			a.Answer = words("This cannot be answered: supply ", evidence.And(a.Supply), ".")
		} else {
			a.Answer = q.says(b)
		}
		all = append(all, a)
	}
	return all
}

func (b *builder) questions() *Page {
	all := b.answers()
	cannot := 0
	p := &Page{Path: "questions.html", Nav: "Questions", Basis: true, Kicker: "Eight questions", Lede: words("The questions that a leader should ask before treating operations as covered, each answered from the exports, or not at all.")}
	for i, a := range all {
		if a.Cannot {
			cannot++
		}
		sec := Section{ID: fmt.Sprintf("q%d", i+1), Kicker: fmt.Sprintf("Question %d", i+1), Title: words(a.Question)}
		body := a.Answer
		if a.Cannot {
			body = append(words(stateOf(assess.Missing), " "), a.Answer...)
		}
		sec.Blocks = []Block{Paragraph{Text: body}}
		if a.Counts.Total() > 0 {
			sec.Blocks = append(sec.Blocks, Paragraph{Quiet: true, Text: words("Findings behind it: ", b.counted(a.Counts, "findings that answer question "+fmt.Sprint(i+1)))})
			sec.Blocks = append(sec.Blocks, b.findingTable("Findings that answer question "+fmt.Sprint(i+1), firstOf(a.findings, 12)))
			if len(a.findings) > 12 {
				sec.Blocks = append(sec.Blocks, Paragraph{Quiet: true, Text: words("The 12 worst of ", evidence.Whole(len(a.findings)), " findings; the others stand on the pages of their systems.")})
			}
		}
		p.Sections = append(p.Sections, sec)
	}
	p.Title = words(b.count(len(all)-cannot, "count(questions whose data sets were supplied)"), " of ", evidence.Whole(len(all)), " questions can be answered from this month's exports")
	return p
}

// firstOf is the worst of findings, at most so many.
func firstOf(findings []*assess.Finding, most int) []*assess.Finding {
	sorted := slices.Clone(findings)
	slices.SortStableFunc(sorted, worstFirst)
	return sorted[:min(most, len(sorted))]
}

func (b *builder) sayRestores() Text {
	var newest *evidence.RestoreTest
	for i := range b.Set.Restores {
		r := &b.Set.Restores[i]
		if r.Result == evidence.Success && full(r.Scope) && (newest == nil || r.TestedOn.After(newest.TestedOn)) {
			newest = r
		}
	}
	if newest == nil {
		t := words("No full restore has succeeded, as far as any export shows.")
		if n := len(b.Set.Restores); n > 0 {
			last := &b.Set.Restores[0]
			for i := range b.Set.Restores {
				if b.Set.Restores[i].TestedOn.After(last.TestedOn) {
					last = &b.Set.Restores[i]
				}
			}
			t = append(t, words(" The last restore of any kind was of scope ", quoted(orWord(last.ScopeText, "not recorded")), " on ", link(evidence.Day(last.TestedOn), b.rowPath(last.Pos)), ".")...)
		}
		return t
	}
	took := words(", its duration not recorded")
	if newest.Minutes.Known {
		took = words(" in ", b.figure(evidence.InMinutes(newest.Minutes.Value, "minutes", newest.Pos), "newest full restore"))
	}
	of := words(b.serviceName(newest.Service))
	if newest.System != "" {
		of = words(b.system(newest.System))
	}
	return words("The newest full restore brought back ", of, took, " on ", link(evidence.Day(newest.TestedOn), b.rowPath(newest.Pos)), ". Each critical system stands on the ", link("recovery page", "recovery.html"), ".")
}

func (b *builder) sayOrder() Text {
	with, problems := 0, 0
	var rows []diag.Pos
	for _, s := range b.Set.Services {
		for _, st := range b.Set.Plan {
			if st.Service == s.ID {
				with++
				rows = append(rows, st.Pos)
				break
			}
		}
	}
	for i := range b.Ranking.Services {
		problems += len(b.Ranking.Services[i].Recovery.Problems)
	}
	return words(b.count(with, "count(services with a written recovery step)", rows...), " of ", b.count(len(b.Set.Services), "count(services)"), " services have a written order; compared with the dependencies, ", b.count(problems, "count(problems of written orders)"), " ", evidence.Noun(problems, "statement", "statements"), " of them cannot be right.")
}

func (b *builder) sayReviewed() Text {
	answered, all, rows := b.answeredAlerts()
	t := words(b.count(answered, "count(alerts where acknowledged_by is a person)", rows...), " of ", b.count(all, "count(alerts)", b.alertRows()...), " alerts were acknowledged by a person. ")
	failing := 0
	var at []diag.Pos
	jobs := b.jobs()
	for _, j := range jobs {
		if len(j.streak) > 0 {
			failing++
			at = append(at, streakRows(j)...)
		}
	}
	t = append(t, words(b.count(failing, "count(jobs whose last run failed)", at...), " of ", b.count(len(jobs), "count(jobs)"), " jobs ", evidence.Noun(failing, "is", "are"), " failing. ", b.credentialsSaid())...)
	return t
}

func (b *builder) sayEscalation() Text {
	named := 0
	var rows []diag.Pos
	for _, s := range b.Set.Services {
		if s.EscalationOwner != "" {
			named++
			rows = append(rows, s.Pos)
		}
	}
	return words(b.count(named, "count(services where escalation_owner is not blank)", rows...), " of ", b.count(len(b.Set.Services), "count(services)"), " services name an escalation owner.")
}

func (b *builder) sayCurrent() Text {
	answered, all, rows := b.answeredAlerts()
	return words("Asset accuracy: ", b.inventoryTitle(), ". Alert handling: ",
		b.count(answered, "count(alerts where acknowledged_by is a person)", rows...), " of ", b.count(all, "count(alerts)", b.alertRows()...), " answered by a person. Open risks: the ", link("ranking", "ranking.html"), ". Patch status: ", b.patchTitle(), ". All four on ", link("one page", "leader.html"), ".")
}

func (b *builder) sayExceptions() Text { return append(b.exceptionsTitle(), Span{Text: "."}) }

func (b *builder) sayValidated() Text {
	sound := 0
	var rows []diag.Pos
	open := 0
	var openRows []diag.Pos
	for _, r := range b.Set.Restores {
		if r.Result == evidence.Success && full(r.Scope) && r.Integrity == evidence.Yes && r.Permissions == evidence.Yes && r.Order == evidence.Yes {
			sound++
			rows = append(rows, r.Pos)
		}
		if r.Lesson != "" && r.LessonFixed.IsZero() {
			open++
			openRows = append(openRows, r.Pos)
		}
	}
	return words(b.count(sound, "count(restores that succeeded in full with integrity, permissions and order checked)", rows...), " of ", b.count(len(b.Set.Restores), "count(restores)"), " restores on record were full and checked for integrity, permissions and order; ", b.count(open, "count(restores with a lesson that is not fixed)", openRows...), " ", evidence.Noun(open, "lesson is", "lessons are"), " open.")
}
