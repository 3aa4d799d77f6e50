package assess

import (
	"cmp"
	"slices"

	"proofpack/generator/evidence"
)

// goneAndThere (X03): a person left, or a directory closed an account, and
// another record shows the account open or signed in with.
func goneAndThere(in *Input) []Contradiction {
	var out []Contradiction
	for i := range in.Leavers {
		if c, found := in.leftAndThere(&in.Leavers[i]); found {
			out = append(out, c)
		}
	}
	for i := range in.Accounts {
		a := &in.Accounts[i]
		var shut, still *evidence.AccountRow
		for k := range a.Rows {
			switch r := &a.Rows[k]; r.Enabled {
			case evidence.No:
				shut = cmp.Or(shut, r)
			case evidence.Yes:
				still = cmp.Or(still, r)
			case evidence.Unknown:
			}
		}
		if shut == nil || still == nil {
			continue
		}
		out = append(out, Contradiction{
			Subject: Subject{Kind: "account", ID: a.Key, Name: a.Login},
			Says:    say("{} is closed in {} and open in {}.", a.Login, shut.Directory, still.Directory),
			A:       Quote{DataSet: evidence.Accounts, Pos: shut.Pos, Text: shut.Login + ", " + shut.Directory + ": closed"},
			B:       Quote{DataSet: evidence.Accounts, Pos: still.Pos, Text: still.Login + ", " + still.Directory + ": open"},
		})
	}
	return out
}

// leftAndThere quotes the sign-in after the last day where there is one, else
// the open account.
func (in *Input) leftAndThere(v *evidence.Leaver) (Contradiction, bool) {
	c := Contradiction{
		Subject: Subject{Kind: "leaver", ID: leaverKey(v), Name: leaverName(v)},
		A:       Quote{DataSet: in.index().dataSet(v.Pos), Pos: v.Pos, Text: leaverName(v) + " left on " + evidence.Day(in.zoned(v.LeftOn))},
	}
	left := in.on(v.LeftOn, "left_on of "+leaverName(v), v.Pos)
	var after evidence.Episode
	for _, t := range in.leaverTrails(v) {
		after.Join(t.AfterLeaving)
	}
	if after.Events > 0 {
		last := after.Last
		c.Says = say("{} left on {}, and the account was signed in with on {}.", leaverName(v), left, in.on(last.At, "newest good sign-in after left_on", last.Pos))
		c.B = Quote{DataSet: in.index().dataSet(last.Pos), Pos: last.Pos, Text: "good sign-in, " + evidence.Day(in.zoned(last.At))}
		if last.App != "" {
			c.B.Text = "good sign-in to " + last.App + ", " + evidence.Day(in.zoned(last.At))
		}
		return c, true
	}
	for _, a := range in.accountsOf(v) {
		if i := slices.IndexFunc(a.Rows, func(r evidence.AccountRow) bool { return r.Enabled == evidence.Yes }); i >= 0 && in.older(v.LeftOn, in.Policy.LeaverGrace) {
			c.Says = say("{} left on {}, and {} is open.", leaverName(v), left, a.Rows[i].Login)
			c.B = Quote{DataSet: evidence.Accounts, Pos: a.Rows[i].Pos, Text: a.Rows[i].Login + ", " + a.Rows[i].Directory + ": open"}
			return c, true
		}
	}
	return c, false
}

// revokedAndThere (X10): a review took an access away, and it is still there.
func revokedAndThere(in *Input) []Contradiction {
	var out []Contradiction
	for _, s := range decidedAway(in) {
		v := in.index().access.newest[s.ID]
		if v == nil || v.Decision != evidence.DecideRevoke || v.CarriedOutAt.IsZero() && !in.older(v.DecidedAt, in.Policy.AccessRemoval) {
			continue
		}
		there, rows := in.stillThere(v)
		if !there {
			continue
		}
		what := "open"
		if v.Resource != "" {
			what = "holds " + v.Resource
		}
		out = append(out, Contradiction{
			Subject: s,
			Says:    say("{}: revoked on {}, and the access is still there.", s.Name, in.on(v.DecidedAt, "decided_at of the newest review of "+s.ID, v.Pos)),
			A:       Quote{Pos: v.Pos, Text: v.Login + ": " + v.DecisionText + ", " + evidence.Day(in.zoned(v.DecidedAt))},
			B:       Quote{Pos: rows[0], Text: v.Login + ": " + what},
		})
	}
	return out
}
