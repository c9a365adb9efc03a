package network

import (
	"context"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/registry"
)

// The acts about a seat, as their paths name them.
const (
	actAppoint  = "appointment"
	actAnnounce = "announcement"
	actLayDown  = "end"
)

// seatDone says what was done about a seat.
var seatDone = map[string]locale.Text{actAppoint: appointedDone, actAnnounce: announcedDone, actLayDown: laidDownDone}

// seatOfCity is a city's seat as coordinator of a cluster, which it has or may get.
type seatOfCity struct {
	choice
	Seat      coordinator.Seat
	City      string // its name
	Country   string
	Candidate *ranked             // nil where the city doesn't stand
	Holds     *office.Coordinator // nil where it has no mandate
}

// oneSeat shows a city's candidacy for a seat with what choosing it leads to, or its mandate, and what can be done about it.
func oneSeat(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	f, seat, err := seatFrame(ctx, o, v)
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, seatView(f, seat, "", nil))
}

// seatFrame reads a seat for who may know who stands. ACCESS_DENIED, TERM_UNKNOWN, CLUSTER_UNKNOWN, COORDINATOR_NOT_A_CANDIDATE.
func seatFrame(ctx context.Context, o *office.Office, v page.Visit) (frame, seatOfCity, error) {
	f := framed(ctx, o, v, selectionTitle, seatDone)
	found, err := f.choiceOf(v.Values["term"])
	s := seatOfCity{choice: found, Seat: coordinator.Seat{Cluster: v.Values["cluster"], Member: cityAt(v)}}
	if err != nil {
		return f, s, err
	}
	seats, err := o.Coordinators(ctx, s.Field.Term.ID)
	if err != nil {
		return f, s, err
	}
	for i, one := range seats {
		if one.Mandate.Cluster == s.Seat.Cluster && one.Mandate.Member == s.Seat.Member {
			s.Holds, s.City, s.Country = &seats[i], one.Mandate.City, one.Mandate.Country
		}
	}
	for _, of := range s.Clusters {
		for i, one := range of.Candidates {
			if of.Cluster.ID == s.Seat.Cluster && one.Candidate.Member == s.Seat.Member {
				s.Candidate, s.City, s.Country = &of.Candidates[i], one.Candidate.City, one.Candidate.Country
			}
		}
	}
	if s.Holds == nil && s.Candidate == nil {
		return f, s, nobodyStands(s)
	}
	term := s.Field.Term.ID
	f.At = seatPath(term, s.Seat.Cluster, s.Seat.Member)
	f.Name = f.told(seatName, "{city}", s.City, "{cluster}", f.cluster(s.Seat.Cluster))
	f.Area = "clusters"
	f.Within = append(f.withinSeats(term), page.Step{Path: "coordinators/" + term, Name: f.In(selectionTitle)})
	return f, s, nil
}

// nobodyStands says that a city neither stands for a seat nor has it.
func nobodyStands(s seatOfCity) error {
	if problems := s.Field.CheckSeats([]coordinator.Seat{s.Seat}); len(problems) > 0 {
		return problems[0]
	}
	return problem.New("CITY_UNKNOWN").Valued(s.Seat.Member)
}

// appoints, announces and laysDown tell what who reads may do about the seat as it stands. That a city is proposed elsewhere keeps it from no seat.
func (s seatOfCity) appoints(f frame) bool {
	return s.Holds == nil && s.Candidate != nil && len(s.Field.CheckSeats([]coordinator.Seat{s.Seat})) == 0 &&
		f.may(access.CoordinatorAppoint, access.Object{City: s.Seat.Member})
}

func (s seatOfCity) announces(f frame) bool {
	return s.Holds != nil && s.Holds.Decision.AnnouncedOn.IsZero() && f.may(access.CoordinatorAnnounce, access.Object{City: s.Seat.Member})
}

func (s seatOfCity) laysDown(f frame) bool {
	return s.Holds != nil && !s.Holds.Mandate.Until.Before(f.today()) && !s.Holds.Mandate.Until.Before(s.Field.Term.End) &&
		f.may(access.CoordinatorLayDown, access.Object{City: s.Seat.Member})
}

// first is the first day of a mandate that is decided today: the day of the decision, or the term's first day where that is later.
func (s seatOfCity) first(f frame) string {
	if s.Field.From.Before(s.Field.Term.Start) {
		return f.Day(s.Field.Term.Start)
	}
	return f.Day(s.Field.From)
}

// reasonField is the reason of an appointment, which has to be given where the seat isn't proposed.
func (s seatOfCity) reasonField(f frame) page.Input {
	departs := s.Candidate.Proposed == nil
	hint := reasonFreeHint
	if departs {
		hint = reasonNeededHint
	}
	return page.Input{Name: "reason", Label: reasonWord, Hint: hint, Value: f.value("reason", ""), Lines: 4, Required: departs}
}

func (s seatOfCity) dayField(f frame, name string, label locale.Text) page.Input {
	return page.Input{Name: name, Type: "date", Label: label, Value: f.value(name, f.today().String()), Required: true}
}

// changeSeat does what a form of the page says about a seat.
func changeSeat(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	if leave, known := seatLeaves[v.Values["act"]]; !known {
		return nil, problem.New("ROUTE_UNKNOWN").Valued("/" + v.Path)
	} else if p := access.Decide(page.Who(ctx), leave, access.Object{City: cityAt(v)}); p != nil {
		return nil, p
	}
	f, s, err := seatFrame(ctx, o, v)
	if err != nil {
		return nil, err
	}
	act := v.Values["act"]
	if err = s.change(f, act); err == nil {
		return v.On(f.At, act), nil
	}
	fields := []page.Input{{Name: seatFields[act]}}
	return v.Again(ctx, atFields(err, fields), func(refused page.Refused) templ.Component { return seatView(f, s, act, refused) })
}

// seatLeaves are what the acts take.
var seatLeaves = map[string]access.Action{
	actAppoint: access.CoordinatorAppoint, actAnnounce: access.CoordinatorAnnounce, actLayDown: access.CoordinatorLayDown,
}

// seatFields are the fields of their forms, as problems name them.
var seatFields = map[string]string{actAppoint: "reason", actAnnounce: "announced_on", actLayDown: "until"}

// change does one act. An appointment is of today.
func (s seatOfCity) change(f frame, act string) error {
	term := s.Field.Term.ID
	if act == actAppoint {
		choice := registry.Choice{Term: term, Seat: s.Seat, Reason: f.Form.Get("reason")}
		_, err := f.office.Appoint(f.ctx, f.Request(), choice)
		return err
	}
	label := announceDay
	if act == actLayDown {
		label = layDownDay
	}
	on, err := f.Visit.Day(seatFields[act], label)
	if err != nil {
		return err
	}
	if act == actAnnounce {
		_, err = f.office.AnnounceCoordinator(f.ctx, f.Request(), term, s.Seat, on)
	} else {
		_, err = f.office.LayDownMandate(f.ctx, f.Request(), term, s.Seat, on)
	}
	return err
}

// rank is the candidate's place in the ranking; "" of who can't be appointed.
func (s seatOfCity) rank(f frame) string {
	if s.Candidate.Candidate.Rank == 0 {
		return ""
	}
	return f.Number(s.Candidate.Candidate.Rank)
}

// question is what candidates were asked under an item; one that the programme has no more is called by its identifier.
func (f frame) question(item string) string {
	if of, ok := f.office.Programme.Coordinators.Item(item); ok {
		return f.In(of.Short)
	}
	return item
}
