package assess

import (
	"cmp"
	"slices"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// patchOutside (PAT-07) finds work on a system outside its patch window.
var patchOutside = Check{
	ID:          "PAT-07",
	Question:    "Did all work on every system begin inside its declared window?",
	Why:         "Outside its window a system is in use, and nobody waits for it to come back.",
	Needs:       []string{evidence.PatchStatus, evidence.Changes},
	Rests:       []string{evidence.Patches, evidence.Inventory},
	Discipline:  Patching,
	Consequence: Downtime,
	Gap:         OtherGap,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("PAT-07"),
	Closes:      "a window in the patch status, and work that begins inside it",
	Subjects:    everySystem,
	Judge:       judgePatchOutside,
}

// work is something done to a system: a change, or the installation of an
// update.
type work struct {
	Name     string
	At       time.Time // zero: not recorded
	Unclear  bool      // At is planned, or the day a record was opened
	Nameless bool      // it names no system, and could be to any
	Pos      diag.Pos
}

func judgePatchOutside(in *Input, s Subject) Answer {
	words, pos := in.patchBook(s.ID).window()
	if words == "" {
		return Answer{Says: say("No patch window of {} is declared.", s.Name), Sources: in.rowOf(s.ID), Drift: "no patch window"}
	}
	w, readable := parseWindow(words)
	if !readable {
		return Answer{Says: say("The patch window of {}, “{}”, is none that can be read.", s.Name, words), Sources: at(pos), Drift: "no patch window"}
	}
	if none, absent := in.absent(evidence.Changes); absent {
		return Answer{Says: join(none, say("Nothing shows whether {} was changed inside its window, {}.", s.Name, words)), Sources: at(pos)}
	}
	var outside, unclear, nameless []work
	all := in.workOn(s.ID)
	for _, k := range all {
		t := in.zoned(k.At)
		known := !k.At.IsZero() && !k.Unclear
		switch {
		case known && !endsDay(t) && w.holds(t):
		case k.Nameless:
			nameless = append(nameless, k)
		case !known || endsDay(t) && w.touches(t):
			unclear = append(unclear, k)
		default:
			outside = append(outside, k)
		}
	}
	own := slices.DeleteFunc(all, func(k work) bool { return k.Nameless })
	rows := func(list []work) []diag.Pos {
		return diag.Unique(positions(list, func(k work) diag.Pos { return k.Pos }))
	}
	switch {
	case len(outside) > 0:
		last := outside[len(outside)-1]
		return Answer{
			State: Failed, Says: say("{} on {} began outside the patch window, {}; the last was {}, on {}.",
				evidence.Counted(len(outside), "piece of work", "pieces of work", "count(changes and installed updates of "+s.ID+" that began outside its window)", rows(outside)...),
				s.Name, words, last.Name, in.moment(last)),
			Sources: append(rows(outside), pos), Drift: "work outside the window",
		}
	case len(unclear) > 0:
		return Answer{
			Says: say("At what time of day {} on {} began is not on record, so nothing shows that it was inside the window, {}.",
				evidence.Counted(len(unclear), "piece of work", "pieces of work", "count(changes and installed updates of "+s.ID+" without the hour they began)", rows(unclear)...), s.Name, words),
			Sources: append(rows(unclear), pos), Drift: "work of unknown hour",
		}
	case len(nameless) > 0:
		return Answer{
			Says: say("{} {} no system and could be to {}, and nothing shows that {} began inside its window, {}.",
				evidence.Counted(len(nameless), "change", "changes", "count(changes that name no system and are not known to begin inside the window)", rows(nameless)...),
				evidence.Noun(len(nameless), "names", "name"), s.Name, evidence.Noun(len(nameless), "it", "they"), words),
			Sources: append(rows(nameless), pos), Drift: "work on no system named",
		}
	case len(own) == 0:
		return Answer{State: Proven, Says: say("No work on {} is on record outside its patch window, {}; none is on record at all.", s.Name, words), Sources: at(pos)}
	}
	return Answer{
		State: Proven, Says: say("All work on {} began inside its patch window, {}: {}.", s.Name, words,
			evidence.Counted(len(own), "piece", "pieces", "count(changes and installed updates of "+s.ID+")", rows(own)...)),
		Sources: append(rows(own), pos),
	}
}

// window is the newest patch window that is declared for a system.
func (b *patchBook) window() (string, diag.Pos) {
	for _, p := range slices.Backward(b.Tools) {
		if p.PatchWindow != "" {
			return p.PatchWindow, p.Pos
		}
	}
	return "", diag.Pos{}
}

// workOn is what was done to a system, or may have been, the oldest first.
func (in *Input) workOn(system string) []work {
	var out []work
	for _, id := range []string{system, ""} {
		for _, c := range in.index().changes[id] {
			if !MaybeImplemented(c) {
				continue
			}
			name := changeKey(c)
			if c.Type == "emergency" {
				name = "emergency change " + name
			}
			out = append(out, work{Name: name, At: c.Started, Unclear: c.NotActual, Nameless: id == "", Pos: c.Pos})
		}
	}
	for _, u := range in.patchBook(system).Done {
		if !u.InstalledAt.IsZero() {
			out = append(out, work{Name: "the installation of " + u.name(), At: u.InstalledAt, Pos: u.Pos})
		}
	}
	slices.SortStableFunc(out, func(a, b work) int { return cmp.Or(a.At.Compare(b.At), byPlace(a.Pos, b.Pos)) })
	return out
}

// endsDay tells the last instant of a day, which is what a date without a time
// means.
func endsDay(t time.Time) bool {
	return t.Hour() == 23 && t.Minute() == 59 && t.Second() == 59 && t.Nanosecond() == 999999999
}

// moment is when work began, as a figure.
func (in *Input) moment(k work) evidence.Figure {
	t := in.zoned(k.At)
	f := in.on(k.At, "start of "+k.Name, k.Pos)
	if !endsDay(t) {
		f.Text = evidence.Day(t) + " at " + t.Format("15:04")
	}
	return f
}
