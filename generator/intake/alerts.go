package intake

import (
	"cmp"
	"strings"
	"time"

	"proofpack/generator/evidence"
)

// closedStates and openStates are words in the state of an alert; every other
// word leaves the closing time to decide.
var (
	closedStates = map[string]bool{
		"closed": true, "auto closed": true, "autoclosed": true, "resolved": true, "auto resolved": true, "recovered": true, "ok": true, "cleared": true,
		"recovery": true, "done": true, "fixed": true, "inactive": true, "expired": true, "completed": true,
	}
	openStates = map[string]bool{
		"open": true, "active": true, "firing": true, "suppressed": true, "unprocessed": true, "problem": true, "new": true, "in progress": true,
		"acknowledged": true, "triggered": true, "pending": true, "unresolved": true, "assigned": true,
	}
)

// readAlert reads one alert. One that names no system is kept, as dropping it
// would drop bad news, and said. An export without a column for its id gets
// one from what the alert is about.
func readAlert(r *row, set *evidence.Set) {
	a := evidence.Alert{
		Pos: r.pos(), System: r.name("system"), Signature: r.text("signature"),
		Raised: r.when("raised"), Text: r.text("text"),
		AcknowledgedBy: r.person("acknowledged_by"), AcknowledgedAt: r.day("acknowledged_at"),
		Ticket: r.text("ticket"), State: r.text("state"), Owner: r.person("owner"),
		SilencedUntil: r.day("silenced_until"), SilencedBy: strings.Join(splitList(r.text("silenced_by")), ", "), SilenceReason: r.text("silence_reason"),
	}
	a.Severity = r.text("severity")
	if known := severities[foldWords(a.Severity)]; known != "" {
		a.Severity = known
	}
	switch {
	case a.Signature == "" && a.System == "":
		r.reject("it names neither a system nor what the alert is")
	case a.Signature == "":
		r.reject("signature is empty")
	}
	a.ByPerson = evidence.IsPerson(a.AcknowledgedBy)
	if a.AcknowledgedBy == "" && r.answer("acknowledged") == evidence.Yes {
		v, col := r.cell("acknowledged")
		r.say(issue{code: "unnamed", column: "acknowledged", col: col, text: "acknowledged is %[1]q, but by whom is not said: no person is counted", note: true}, v)
	}
	a.Closed, a.IsClosed = r.closing(a.State)
	if r.m.has("alert_id") {
		a.ID = r.key("alert_id")
	} else {
		a.ID = strings.Join(compact([]string{a.Signature, bare(a.System), a.Raised.Format("2006-01-02 15:04:05")}), " ")
	}
	if a.System == "" && r.ok() {
		_, col := r.cell("system")
		r.say(issue{code: "no-system", column: "system", col: col, text: "the alert %[1]q names no system"}, cmp.Or(a.ID, a.Signature))
	}
	r.identify(a.ID, a.Raised.String())
	if r.ok() {
		set.Alerts = append(set.Alerts, a)
	}
}

// closing is when an alert was closed and whether it is: by the word of its
// state, else by a closing time. Alertmanager writes in endsAt of an open
// alert when it will be forgotten, so an open state makes that no closing.
func (r *row) closing(state string) (closed time.Time, is bool) {
	closed = r.day("closed")
	words := foldWords(state)
	head, _, _ := strings.Cut(words, ":")
	switch {
	case closedStates[words], closedStates[strings.TrimSpace(head)], strings.HasPrefix(words, "closed"), strings.HasPrefix(words, "auto clos"), strings.HasPrefix(words, "resolved"):
		return closed, true
	case openStates[words]:
		if _, col := r.cell("closed"); col >= 0 && r.m.headings[col].key == "endsat" {
			return time.Time{}, false
		}
	}
	return closed, !closed.IsZero()
}

func alertNames(set *evidence.Set, visit visitor) {
	for i := range set.Alerts {
		visit(mention{pos: set.Alerts[i].Pos, name: &set.Alerts[i].System, subject: true})
	}
}
