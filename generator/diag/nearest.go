package diag

import "strings"

// Nearest is the word of known that word was most likely meant to be, or ""
// when none is near: case and the choice of "-", "_" or space do not count, and
// a swap of two neighbours is one slip. The first of equals wins.
func Nearest(word string, known []string) string {
	folded := fold(word)
	best, nearest := 1+len(folded)/5, ""
	for _, k := range known {
		if d := slips(folded, fold(k), best+1); d < best || d == best && nearest == "" {
			best, nearest = d, k
		}
	}
	return nearest
}

func fold(s string) string {
	return strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(s))
}

// slips counts the single-letter slips (insert, drop, replace, swap of
// neighbours) between a and b. It gives up at limit: an answer of limit means
// that many or more.
func slips(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	before, last, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			replace := 1
			if a[i-1] == b[j-1] {
				replace = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+replace)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	return min(last[len(b)], limit)
}
