package assess

import (
	"slices"

	"proofpack/generator/evidence"
)

// patchLate (PAT-02) finds security patches that wait longer than the patch
// window.
var patchLate = Check{
	ID:          "PAT-02",
	Question:    "Is every security patch installed inside the patch window?",
	Why:         "The day a patch comes out, everybody can read what it mends.",
	Needs:       []string{evidence.Patches, evidence.PatchStatus},
	Rests:       []string{evidence.Inventory},
	Discipline:  Patching,
	Consequence: AttackPath,
	Gap:         Unsupported,
	Limit:       limitOf("patch-window"),
	LimitFrom:   "CIS Controls v8.1, 7.3 (monthly)",
	Controls:    controls("PAT-02"),
	Closes:      "a later scan without the finding, or a patch status that counts none missing",
	Subjects:    everySystem,
	Judge:       judgePatchLate,
}

// waiting are the updates that a system lacks, the oldest first: what no
// update mends yet is none, and neither is a remark.
func (b *patchBook) waiting() []*update {
	var out []*update
	for _, u := range b.Open {
		if u.weakness() && u.Patchable != evidence.No {
			out = append(out, u)
		}
	}
	slices.SortStableFunc(out, func(x, y *update) int {
		s, _ := x.since()
		t, _ := y.since()
		switch {
		case s.IsZero() != t.IsZero() && s.IsZero():
			return 1
		case s.IsZero() != t.IsZero():
			return -1
		}
		return s.Compare(t)
	})
	return out
}

func judgePatchLate(in *Input, s Subject) Answer {
	b := in.patchBook(s.ID)
	waiting := b.waiting()
	var late, undated []*update
	for _, u := range waiting {
		switch since, released := u.since(); {
		case !since.IsZero() && in.older(since, in.Policy.PatchWindow):
			late = append(late, u)
		case !released: // found lately, and perhaps long out
			undated = append(undated, u)
		}
	}
	counted := b.notInstalled()
	switch {
	case len(late) > 0:
		return Answer{State: Failed, Says: in.lateSays(s, late), Sources: placesOf(late), Drift: "patches overdue"}
	case len(undated) > 0:
		return Answer{
			Says: say("{} lacks {} whose day of release is not on record, so nothing shows that {} inside the patch window.", s.Name, in.lacking(s, undated),
				evidence.Noun(len(undated), "it is", "they are")),
			Sources: placesOf(undated), Drift: "patches of unknown age",
		}
	case len(waiting) == 0 && counted != nil:
		return Answer{
			Says: say("{} lacks updates by its patch status ({} missing, {} failed), and no row says which or since when.", s.Name,
				evidence.Count(int(counted.Missing.Value), "missing", counted.Pos), evidence.Count(int(counted.Failed.Value), "failed", counted.Pos)),
			Sources: at(counted.Pos), Drift: "patches of unknown age",
		}
	}
	if a, done := in.looked(s, b.Looked); done {
		return a
	}
	if len(waiting) > 0 {
		return Answer{
			State: Proven, Says: say("{} lacks {}, none for longer than the patch window; the oldest, “{}”, was released on {}.", s.Name, in.lacking(s, waiting), waiting[0].name(),
				in.on(waiting[0].Released, "released", waiting[0].Pos)),
			Sources: append(placesOf(waiting), b.Looked.Pos),
		}
	}
	return Answer{State: Proven, Says: say("{} lacks no security patch by its scan of {}.", s.Name, in.scanned(s, b.Looked)), Sources: at(b.Looked.Pos)}
}

// notInstalled is the newest patch status that counts updates which are not
// installed; nil when it counts none.
func (b *patchBook) notInstalled() *evidence.PatchState {
	if len(b.Tools) == 0 {
		return nil
	}
	if last := b.Tools[len(b.Tools)-1]; last.Missing.Value+last.Failed.Value > 0 {
		return last
	}
	return nil
}

func (in *Input) lacking(s Subject, list []*update) evidence.Figure {
	return evidence.Counted(len(list), "security patch", "security patches", "count(open patches where system = "+s.ID+", severity above info, an update exists or is not said not to)", placesOf(list)...)
}

func (in *Input) lateSays(s Subject, late []*update) evidence.Statement {
	oldest := late[0]
	since, released := oldest.since()
	verb, column, words := "released", "released", ""
	if !released {
		verb, column, words = "first found", "first_seen", " (when it came out is not on record)"
	}
	return say("{} lacks {} for longer than {}: {}. The oldest, “{}”, was {} on {}, {} ago"+words+".", s.Name, in.lacking(s, late),
		limitFigure(in.Policy, "patch-window", in.Policy.PatchWindow),
		evidence.Figure{Text: bySeverity(late), Value: float64(len(late)), Unit: "count", Formula: "the same by severity", Sources: placesOf(late)},
		oldest.name(), verb, in.on(since, column, oldest.Pos), in.since(since, column, oldest.Pos))
}
