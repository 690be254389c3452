export type { Seat as CommitteeSeat } from './seat.ts'
