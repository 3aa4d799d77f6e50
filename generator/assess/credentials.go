package assess

import (
	"cmp"
	"slices"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

// credentialLasts (MON-07) finds certificates, secrets, keys and licences that
// have ended or are about to.
var credentialLasts = Check{
	ID:          "MON-07",
	Question:    "Does every certificate, secret, key and licence last beyond the limit?",
	Why:         "What ends on a known day and is not renewed stops a service on that day.",
	Needs:       []string{evidence.Credentials},
	Discipline:  Monitoring,
	Consequence: Downtime,
	Gap:         Visibility,
	Limit:       credentialLimit,
	LimitFrom:   "judgement",
	Controls:    controls("MON-07"),
	Closes:      "the renewed certificate, secret, key or licence, with its last day",
	Subjects:    everyCredential,
	Judge:       judgeCredential,
}

func credentialLimit(p config.Policy) string {
	return p.Limit("credential-expiry.warn").Text() + " warning, " + p.Limit("credential-expiry.fail").Text() + " failure"
}

// CredentialKey is what a credential is found by in findings: its name, and the system that
// needs it where the row names one.
func CredentialKey(c *evidence.Credential) string {
	if c.System == "" {
		return folded(c.Name)
	}
	return folded(c.Name) + " on " + c.System
}

// everyCredential is each credential, and the services none of whose systems
// has one.
func everyCredential(in *Input) []Subject {
	var out []Subject
	for i := range in.Credentials {
		c := &in.Credentials[i]
		out = append(out, Subject{Kind: "credential", ID: CredentialKey(c), Name: c.Name, System: c.System})
	}
	slices.SortStableFunc(out, func(a, b Subject) int { return cmp.Compare(a.ID, b.ID) })
	return in.withSilent(slices.CompactFunc(out, func(a, b Subject) bool { return a.ID == b.ID }))
}

// judgeCredential judges the rows of a credential; of several the worse counts.
func judgeCredential(in *Input, s Subject) Answer {
	if s.Kind == "service" {
		return Answer{Says: say("No certificate, secret, key or licence is on record for what {} needs.", s.Name)}
	}
	var out Answer
	for i := range in.Credentials {
		if c := &in.Credentials[i]; CredentialKey(c) == s.ID {
			if a := in.judgeExpiry(c); out.Says.Empty() || Worse(a.State, out.State) {
				out = a
			}
		}
	}
	return out
}

// credentialWords are the kinds that a sentence may name a credential by.
var credentialWords = []string{"certificate", "secret", "key", "licence", "license", "password", "token"}

// calledCredential is a credential in a sentence: "the certificate erp.corp".
func calledCredential(c *evidence.Credential) string {
	if slices.Contains(credentialWords, folded(c.Kind)) {
		return "the " + folded(c.Kind) + " " + c.Name
	}
	return "the credential " + c.Name
}

func (in *Input) judgeExpiry(c *evidence.Credential) Answer {
	if c.NotAfter.IsZero() {
		return Answer{Says: say("When {} ends is not on record.", calledCredential(c)), Sources: at(c.Pos), Drift: "credential without end"}
	}
	left := evidence.DaysBetween(in.zoned(in.AsOf), in.zoned(c.NotAfter))
	ends := in.on(c.NotAfter, "not_after of "+c.Name, c.Pos)
	days := func(n int) evidence.Figure {
		return evidence.InDays(n, "days from as-of to not_after of "+c.Name, c.Pos)
	}
	limits := in.Policy.CredentialExpiry
	failure := say("That is the failure level: {} or less.", limitFigure(in.Policy, "credential-expiry.fail", limits.Fail))
	switch {
	case c.NotAfter.Before(in.AsOf):
		return Answer{State: Failed, Says: join(say("{} ended on {}, {} ago.", upper(calledCredential(c)), ends, days(-left)), failure), Sources: at(c.Pos), Drift: "credential ended"}
	case left <= wholeDays(limits.Fail):
		ahead := days(left)
		if left == 0 {
			ahead = ahead.As("the last day of this report")
		} else {
			ahead = ahead.As("in " + ahead.Text)
		}
		return Answer{State: Failed, Says: join(say("{} ends on {}, {}.", upper(calledCredential(c)), ends, ahead), failure), Sources: at(c.Pos), Drift: "credential ending"}
	case left <= wholeDays(limits.Warn):
		return Answer{
			State: Failed, Says: join(say("{} ends on {}, in {}.", upper(calledCredential(c)), ends, days(left)),
				say("That is the warning level: {} or less.", limitFigure(in.Policy, "credential-expiry.warn", limits.Warn))),
			Sources: at(c.Pos), Drift: "credential ending",
		}
	}
	return Answer{State: Proven, Says: say("{} lasts until {}, {} from as-of.", upper(calledCredential(c)), ends, days(left)), Sources: at(c.Pos)}
}
