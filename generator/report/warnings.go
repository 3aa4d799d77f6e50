package report

import (
	"cmp"
	"slices"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// A warning is a signal that came before anything was down: an alert that
// repeats and that nobody took, or a resource that will be full.
type warning struct {
	system string
	signal Text
	first  time.Time // when it was first to be seen
	times  int       // alerts, or samples since then
	what   string    // of times, as the formula of the count says it
	rows   []diag.Pos
	ahead  Text // when it will be an outage; empty where nobody can tell
}

// repeated is from how many alerts of one signature nobody has taken they are a
// warning: one may be an accident.
const repeated = 2

// warnings are the early warnings, the longest ignored first.
func (b *builder) warnings() []warning {
	var all []warning
	for _, g := range b.alertGroupsOf() {
		w := warning{system: g.system, signal: words(quoted(g.signature)), what: "alerts where signature = " + g.signature + ", system = " + g.system + ", no person acknowledged, ticket is blank"}
		for _, a := range g.alerts {
			if a.ByPerson || a.Ticket != "" || a.Raised.IsZero() {
				continue
			}
			w.times++
			w.rows = append(w.rows, a.Pos)
			if w.first.IsZero() || a.Raised.Before(w.first) {
				w.first = a.Raised
			}
		}
		if w.times >= repeated {
			all = append(all, w)
		}
	}
	for _, r := range b.resources() {
		t, known := r.Forecast(b.Policy.Capacity.Samples, b.Policy.Capacity.Span)
		if !known || !t.Fills || t.Days(b.Set.AsOf) > b.longDays() {
			continue
		}
		since := b.foreseen(r)
		w := warning{
			system: r.System, signal: words(b.say(evidence.Say(evidence.Word(r.Resource)+" is {} full", t.Fullness()))), first: since, what: "capacity samples where system = " + r.System + ", resource = " + r.Resource + ", from the first that foretold it",
			ahead: words("full about ", b.figure(t.Full(), "when "+r.Resource+" is full")),
		}
		for _, s := range r.Samples {
			if !s.At.Before(since) {
				w.times++
				w.rows = append(w.rows, s.Pos)
			}
		}
		all = append(all, w)
	}
	slices.SortStableFunc(all, func(x, y warning) int {
		return cmp.Or(x.first.Compare(y.first), b.bySystemRank(x.system, y.system))
	})
	return all
}

// longDays is how far ahead a forecast is a warning.
func (b *builder) longDays() int { return int(b.Policy.HorizonLong / (24 * time.Hour)) }

// foreseen is the day of the first sample by which, with those before it, the
// resource would be full as soon as a warning looks ahead.
func (b *builder) foreseen(r evidence.Series) time.Time {
	samples := slices.Clone(r.Samples)
	slices.SortStableFunc(samples, func(x, y evidence.Sample) int { return x.At.Compare(y.At) })
	for n := range samples {
		so := r
		so.Samples = samples[:n+1]
		if t, known := so.Forecast(b.Policy.Capacity.Samples, b.Policy.Capacity.Span); known && t.Fills && t.Days(samples[n].At) <= b.longDays() {
			return samples[n].At
		}
	}
	return samples[len(samples)-1].At
}

// warningSection lists the early warnings (R62): what repeats, is nobody's, and
// grows old before anything is down.
func (b *builder) warningSection() Section {
	sec := Section{ID: "early-warnings", Kicker: "Early warnings"}
	all := b.warnings()
	if len(all) == 0 {
		switch supplied := b.Set.Supplied(evidence.Alerts); {
		case !supplied && !b.Set.Supplied(evidence.Capacity):
			sec.Title = words("No alert and no capacity export was supplied, so nothing shows a warning")
			sec.Blocks = []Block{Paragraph{Text: absent("No alert and no sample in any export.")}}
		default:
			sec.Title = words("No alert repeats unanswered, and no forecast is nearer than ", counted(b.longDays(), "day"))
			sec.Blocks = []Block{Paragraph{Text: words("As far as the exports show: what nobody measures or watches warns nobody.")}}
		}
		return sec
	}
	t := Table{Caption: "Early warnings, the longest ignored first", Wide: true, Columns: []Column{
		{Title: "Signal", Share: .25}, {Title: "System", Share: .14}, {Title: "First seen", Share: .12}, {Title: "Times", Num: true, Share: .08}, {Title: "Days since", Num: true, Share: .09}, {Title: "Owner", Share: .13}, {Title: "Ahead", Share: .12}, {Title: "Rows", Share: .07},
	}}
	for _, w := range all {
		system, owner := absent("names no system"), absent("no owner")
		if w.system != "" {
			system = words(b.system(w.system))
			if s := b.Set.System(w.system); s != nil {
				owner = orAbsent(s.Owner, "no owner")
			}
		}
		ahead := w.ahead
		if len(ahead) == 0 {
			ahead = absent("no date can be told")
		}
		days := max(evidence.DaysBetween(w.first, b.Set.AsOf), 0)
		t.Rows = append(t.Rows, TableRow{Cells: []Text{
			w.signal, system, words(keep(evidence.ShortDay(w.first))), words(b.count(w.times, "count("+w.what+")", w.rows...)),
			words(b.figure(evidence.Figure{Text: evidence.Whole(days), Value: float64(days), Unit: "days", Formula: "days from first seen to as-of", Sources: w.rows[:1]}, "days since the first warning")),
			owner, ahead, b.sources(w.rows),
		}})
	}
	oldest := max(evidence.DaysBetween(all[0].first, b.Set.AsOf), 0)
	sec.Title = words(upper(counted(len(all), "early warning")), " ", evidence.Noun(len(all), "stands", "stand"), "; the oldest was first seen ", evidence.Of(oldest, "day", "days"), " ago")
	sec.Blocks = []Block{
		Paragraph{Text: words("An alert that came again and that nobody took, by name or by ticket; a resource that will be full within ", counted(b.longDays(), "day"), ", although the limit of a finding is nearer.")},
		t,
	}
	return sec
}
