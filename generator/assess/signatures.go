package assess

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// A signature is every alert of one system that repeats under one name.
type signature struct {
	Name, System string
	Alerts       []*evidence.Alert // oldest first
}

func signaturesOf(alerts []evidence.Alert) map[string][]*signature {
	type key struct{ system, name string }
	byKey := map[key]*signature{}
	out := map[string][]*signature{}
	for i := range alerts {
		a := &alerts[i]
		k := key{a.System, a.Signature}
		if byKey[k] == nil {
			byKey[k] = &signature{Name: a.Signature, System: a.System}
			out[a.System] = append(out[a.System], byKey[k])
		}
		byKey[k].Alerts = append(byKey[k].Alerts, a)
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b *signature) int { return cmp.Compare(a.Name, b.Name) })
		for _, s := range list {
			slices.SortStableFunc(s.Alerts, func(a, b *evidence.Alert) int {
				return cmp.Or(a.Raised.Compare(b.Raised), byPlace(a.Pos, b.Pos))
			})
		}
	}
	return out
}

// those are the alerts for which something holds.
func (s *signature) those(hold func(*evidence.Alert) bool) []*evidence.Alert {
	var out []*evidence.Alert
	for _, a := range s.Alerts {
		if hold(a) {
			out = append(out, a)
		}
	}
	return out
}

// counted is those alerts as a figure; where says for which it holds.
func (s *signature) counted(where string, hold func(*evidence.Alert) bool) evidence.Figure {
	those := s.those(hold)
	formula := "count(alerts where system = " + s.System + ", signature = " + s.Name
	if where != "" {
		formula += ", " + where
	}
	return evidence.Count(len(those), formula+")", alertPlaces(those)...).As(evidence.Whole(len(those)))
}

func alertPlaces(alerts []*evidence.Alert) []diag.Pos {
	return positions(alerts, func(a *evidence.Alert) diag.Pos { return a.Pos })
}

// acknowledged tells whether a person did.
func acknowledged(a *evidence.Alert) bool { return a.ByPerson }

// ticketed tells whether a ticket is on record.
func ticketed(a *evidence.Alert) bool { return a.Ticket != "" }

// autoClosed tells whether an alert was closed and nobody did anything: no
// person, no ticket.
func autoClosed(a *evidence.Alert) bool { return a.IsClosed && !a.ByPerson && a.Ticket == "" }

// topics are words of signatures and texts, and what a reader calls them.
var topics = []struct {
	called string
	words  []string
}{
	{"shadow-copy", []string{"shadow copy", "shadow-copy", "shadowcopy", "vss"}},
	{"storage", []string{"datastore", "disk", "storage", "volume", "capacity", "filesystem", "free space", "lun"}},
	{"memory", []string{"memory", "swap"}},
	{"processor", []string{"cpu", "processor"}},
	{"certificate", []string{"certificate"}},
	{"replication", []string{"replica"}},
	{"backup", []string{"backup", "snapshot"}},
	{"temperature", []string{"temperature", "overheat"}},
	{"power", []string{"ups", "power supply", "battery"}},
}

// nouns are what one and many of the alerts are called: "storage warning".
func (s *signature) nouns() (one, many string) {
	kind := "alert"
	if len(s.those(func(a *evidence.Alert) bool { return strings.EqualFold(a.Severity, "warning") })) > 0 {
		kind = "warning"
	}
	topic := s.topic()
	return topic + " " + kind, topic + " " + kind + "s"
}

func (s *signature) topic() string {
	text := s.Name
	if len(s.Alerts) > 0 {
		text += " " + s.Alerts[0].Text
	}
	words := " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return r == ' ' || r == '_' || r == '-' || r == '.' || r == ':' || r == '/'
	}), " ") + " "
	for _, t := range topics {
		for _, w := range t.words {
			w = strings.ReplaceAll(w, "-", " ")
			if strings.Contains(words, " "+w+" ") || len(w) > 5 && strings.Contains(words, w) {
				return t.called
			}
		}
	}
	return s.Name
}
