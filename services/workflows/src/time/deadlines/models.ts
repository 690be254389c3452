import type { Page } from '@linghang/subgraph'
import type { DeadlineFilter } from './deadline-list-store.ts'
import type { DeadlineRow } from './store.ts'

export type { OrganisationCount as OrganisationDeadlineCount } from './deadline-list-store.ts'
export type { DeadlineRow as Deadline } from './store.ts'
/** A page, and the list that it is of: how many there are is asked of all of it. */
export type DeadlineConnection = Page<DeadlineRow> & { place: string; filter: DeadlineFilter }
/** An office; its organisation is shown where the actor may enter it, and in any case what that one is called. */
export type OfficeAddress = { role: string; orgId: string }
