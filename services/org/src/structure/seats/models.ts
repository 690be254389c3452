export type { OfferedOffice } from './read-seats.ts'
export type { Seat as CommitteeSeat } from './seat.ts'
