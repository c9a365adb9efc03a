// Package agenda reads from the records what schedules need to know, and who is to be written to: the deadlines of calls with their
// extensions, coordinators' terms, participations, duties, agreements and instalments, and the people who have to do with each. It decides
// nothing about when, and knows no content.
package agenda
