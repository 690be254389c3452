import type { Role } from '@linghang/access'

export type AccountKind = 'PERSON' | 'APP'
export type Account = {
  id: string
  kind: AccountKind
  issuer: string
  subject: string
  memberId: string | null
  orgId: string | null
}
export type Office = {
  id: string
  role: Role
  orgId: string | null
  accountId: string
  startsOn: string
  endsOn: string | null
  endReason: string | null
}

/** Whether an office is held on a day: from the day it starts, no longer on the day it ends. */
export const isHeldOn = (office: Pick<Office, 'startsOn' | 'endsOn'>, day: string): boolean =>
  office.startsOn <= day && (office.endsOn === null || day < office.endsOn)

/** Apps hold the office of an app and no other; people hold any other. */
export const fits = (kind: AccountKind, role: Role): boolean => (kind === 'APP') === (role === 'APP')
