package office

import (
	"context"
	"errors"
	"testing"

	"github.com/learning-cities/guildhall/shared/statement"
)

func TestFiguresThatNobodyWaitedForAreThereForWhoeverAsksNext(t *testing.T) {
	c, from := newComputed(), basis{head: "1"}
	begun, finish := make(chan struct{}), make(chan struct{})
	asker, leave := context.WithCancel(t.Context())
	left := make(chan error)
	go func() {
		_, err := c.compute(asker, from, func(ctx context.Context) (*statement.Fund, error) {
			close(begun)
			<-finish
			return &statement.Fund{Closed: true}, ctx.Err()
		})
		left <- err
	}()
	<-begun
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("who left was told %v", err)
	}
	close(finish)
	fund, err := c.compute(t.Context(), from, func(context.Context) (*statement.Fund, error) {
		t.Error("they are computed once more")
		return &statement.Fund{}, nil
	})
	if err != nil || !fund.Closed {
		t.Errorf("%+v, %v", fund, err)
	}
}

func TestFiguresThatFailAreComputedAgain(t *testing.T) {
	c, from := newComputed(), basis{head: "1"}
	if _, err := c.compute(t.Context(), from, func(context.Context) (*statement.Fund, error) { return nil, context.Canceled }); err == nil {
		t.Error("the failure is not told")
	}
	if _, err := c.compute(t.Context(), from, func(context.Context) (*statement.Fund, error) { panic("anna@example.org") }); err == nil {
		t.Error("a panic is not told")
	}
	if fund, err := c.compute(t.Context(), from, func(context.Context) (*statement.Fund, error) { return &statement.Fund{}, nil }); fund == nil || err != nil {
		t.Errorf("%v, %v", fund, err)
	}
}
