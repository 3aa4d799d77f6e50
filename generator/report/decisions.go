package report

import (
	"fmt"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/rank"
)

// decisions are those that a person asks; where none was supplied, the next
// actions that the evidence asks for.
func (b *builder) decisions() Section {
	if len(b.Set.Decisions) > 0 {
		return b.suppliedDecisions()
	}
	next := b.nextActions()
	title := words("No decision was supplied; the evidence asks for ", counted(len(next), "next step"))
	if len(next) == 0 {
		title = words("No decision was supplied, and no finding asks for a next step")
	}
	s := Section{ID: "decisions", Kicker: "Decisions", Title: title}
	if len(next) > 0 {
		s.Blocks = []Block{b.actionList(next)}
		if left := len(b.Ranking.Actions) - len(next); left > 0 {
			s.Blocks = append(s.Blocks, Paragraph{Quiet: true, Text: words(
				b.count(left, "count(actions) - "+fmt.Sprint(len(next))), " further ", evidence.Noun(left, "step waits", "steps wait"),
				": trying to improve everything at once improves nothing first. ", link("All of them, in order", "ranking.html#actions"))})
		}
	}
	return s
}

func (b *builder) nextActions() []rank.Action {
	return b.Ranking.Actions[:min(b.Ranking.Cap, len(b.Ranking.Actions))]
}

func (b *builder) actionList(actions []rank.Action) Decisions {
	var d Decisions
	for _, a := range actions {
		ask := Ask{Title: b.say(a.Title), Why: b.say(a.Why), Closes: words(a.Proof), Step: true}
		if a.By.Text != "" {
			ask.DecideBy = words(b.figure(a.By, a.Title.String()))
		}
		d.Items = append(d.Items, ask)
	}
	return d
}

func (b *builder) suppliedDecisions() Section {
	n := len(b.Set.Decisions)
	total, known := 0.0, 0
	var rows []diag.Pos
	var d Decisions
	for _, x := range b.Set.Decisions {
		ask := Ask{
			Title: words(x.Decision), Why: sentence(x.Why, "no reason given"),
			AskedBy: orAbsent(x.AskedBy, "not named"), DecideBy: absent("not set"), Cost: absent("not set"), Closes: orAbsent(x.Closes, "not said"),
		}
		if !x.DecideBy.IsZero() {
			ask.DecideBy = words(b.figure(evidence.Figure{Text: evidence.ShortDay(x.DecideBy), Unit: "date", Formula: "decide_by", Sources: []diag.Pos{x.Pos}}, x.Decision))
		}
		switch {
		case x.Cost.Known && x.Cost.Value == 0:
			ask.Cost = words("none")
		case x.Cost.Known:
			ask.Cost = words(b.money(x.Cost.Value, "cost of the decision", x.Pos))
		}
		if x.Cost.Known {
			total, known = total+x.Cost.Value, known+1
			rows = append(rows, x.Pos)
		}
		d.Items = append(d.Items, ask)
	}
	title := words(upper(counted(n, "decision")), " ", evidence.Noun(n, "is", "are"), " asked of leadership this month")
	switch {
	case known == n && total > 0:
		title = append(title, words(", for ", b.money(total, "sum of the costs of the decisions", rows...), " in total")...)
	case known < n:
		title = append(title, words("; ", counted(n-known, "cost"), " ", evidence.Noun(n-known, "is", "are"), " not stated")...)
	}
	return Section{ID: "decisions", Kicker: "Decisions", Title: title, Blocks: []Block{d}}
}
