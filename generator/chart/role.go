package chart

// String is the name of a role, the same as the token of the theme.
func (r Role) String() string {
	switch r {
	case Ink:
		return "ink"
	case Quiet:
		return "quiet"
	case Grid:
		return "grid"
	case Base:
		return "base"
	case Inside:
		return "inside"
	case Measured:
		return "measured"
	case Assumed:
		return "assumed"
	case Beyond:
		return "beyond"
	case Target:
		return "target"
	case Link:
		return "link"
	case Proven:
		return "proven"
	case Stale:
		return "stale"
	case Failed:
		return "failed"
	case MissingMark:
		return "missing"
	case ExceptedMark:
		return "excepted"
	case Paper:
		return "paper"
	}
	return "ink"
}
