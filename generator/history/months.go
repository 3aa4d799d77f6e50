package history

import "time"

// Between are the months after one and before another, oldest first.
func Between(after, before string) []string {
	t, err := time.Parse("2006-01", after)
	if err != nil {
		return nil
	}
	var all []string
	for t = t.AddDate(0, 1, 0); t.Format("2006-01") < before; t = t.AddDate(0, 1, 0) {
		all = append(all, t.Format("2006-01"))
	}
	return all
}
