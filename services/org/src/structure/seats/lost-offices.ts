import type { Role } from '@linghang/access'
import { officeOfPost } from '@linghang/rulebook'
import type { Seat } from './seat.ts'

type Sitting = Pick<Seat, 'memberId' | 'post'>
export type HeldOffice = { id: string; memberId: string; role: Role }

/** Whether the office goes with a seat that this person has. */
const goesWith = ({ memberId, role }: HeldOffice, seats: readonly Sitting[]): boolean =>
  seats.some(seat => seat.memberId === memberId && officeOfPost(seat.post) === role)

/**
 * The offices that end with seats: those that went with one, of whoever has no other seat with which they go. A committee
 * that is new shares out its posts after it was elected: who sits in it again keeps their office until it goes with the
 * post of another.
 * @param ended the seats that ended
 * @param sitting who sits there now
 * @param isNew whether the committee is new as a whole
 */
export const lostOffices = <T extends HeldOffice>(
  offices: readonly T[],
  ended: readonly Sitting[],
  sitting: readonly Sitting[],
  isNew: boolean,
): T[] =>
  offices.filter(office => {
    if (!goesWith(office, ended) || goesWith(office, sitting)) return false
    const sitsAgain = sitting.some(({ memberId }) => memberId === office.memberId)
    return !(isNew && sitsAgain && sitting.every(({ post }) => officeOfPost(post) !== office.role))
  })
