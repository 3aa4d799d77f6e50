package assess

import (
	"slices"
	"time"

	"proofpack/generator/evidence"
)

const day = 24 * time.Hour

// cadence is how often a job runs: as declared, the shortest where runs
// disagree; else the median gap of at least fewest runs. 0: nobody can tell.
func (j *job) cadence(fewest int) time.Duration {
	var declared time.Duration
	for _, r := range j.Runs {
		if r.Expected > 0 && (declared == 0 || r.Expected < declared) {
			declared = r.Expected
		}
	}
	if declared > 0 {
		return declared
	}
	times := j.times()
	if len(times) < max(fewest, 2) {
		return 0
	}
	gaps := make([]time.Duration, 0, len(times))
	for i := 1; i < len(times); i++ {
		gaps = append(gaps, times[i].Sub(times[i-1]))
	}
	slices.Sort(gaps)
	gap := gaps[(len(gaps)-1)/2] // of an even number the shorter: the stricter reading
	if days := (gap + day/2) / day; days > 0 && (gap-days*day).Abs() <= 2*time.Hour {
		return days * day // a start that drifts, or a change to summer time
	}
	return gap
}

// times are the different times at which the job ran; a skipped run is none.
func (j *job) times() []time.Time {
	var times []time.Time
	for _, r := range j.Runs {
		if r.Result != evidence.Skipped && !r.At.IsZero() && (len(times) == 0 || r.At.After(times[len(times)-1])) {
			times = append(times, r.At)
		}
	}
	return times
}

// weekdays tells whether the job is one that rests on Saturday and Sunday: a
// daily one, none of whose many runs fell on a weekend.
func (j *job) weekdays(cadence time.Duration, in *Input) bool {
	times := j.times()
	if cadence > 26*time.Hour || cadence < 22*time.Hour || len(times) < 5 {
		return false
	}
	for _, t := range times {
		if restDay(in.zoned(t)) {
			return false
		}
	}
	return true
}

func restDay(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }

// An absence is when a job should have run and did not.
type absence struct {
	N     int
	First []time.Time // the first of them, at most shown
}

// shown is how many dates a sentence names.
const shown = 3

// missed finds gaps of more than late cadences and a half, up to as-of. The
// half is for jobs that start later on one day than on another.
func (j *job) missed(cadence time.Duration, late int, in *Input) absence {
	var out absence
	times := j.times()
	if cadence <= 0 {
		return out
	}
	rests := j.weekdays(cadence, in)
	for i, from := range times {
		to, end := in.AsOf, in.AsOf
		if i+1 < len(times) {
			to = times[i+1]
			end = to.Add(-cadence / 2)
		}
		if to.Sub(from) <= time.Duration(late)*cadence+cadence/2 {
			continue
		}
		n := int(end.Sub(from) / cadence)
		if !rests {
			out.N += n
			n = min(n, shown)
		}
		for k := 1; k <= n; k++ {
			due := in.later(from, time.Duration(k)*cadence)
			if rests && restDay(due) {
				continue
			}
			if rests {
				out.N++
			}
			if len(out.First) < shown {
				out.First = append(out.First, due)
			}
		}
	}
	return out
}

// later is t and so much more, by the calendar where that is whole days.
func (in *Input) later(t time.Time, d time.Duration) time.Time {
	if d%day == 0 {
		return in.zoned(t).AddDate(0, 0, int(d/day))
	}
	return in.zoned(t.Add(d))
}

// every is a cadence in words: "nightly", "weekly"; "" where there is no word.
func every(cadence time.Duration) string {
	switch {
	case cadence >= 22*time.Hour && cadence <= 26*time.Hour:
		return "nightly"
	case cadence > 6*day && cadence < 8*day:
		return "weekly"
	case cadence >= 28*day && cadence <= 31*day:
		return "monthly"
	case cadence == time.Hour:
		return "hourly"
	}
	return ""
}
