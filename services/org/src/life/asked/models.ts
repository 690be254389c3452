import type { Page } from '@linghang/subgraph'
import type { AskedOfMonth } from './read-asked.ts'

export type { AskedLine as AskedForm, AskedOfMonth as AskedOfOrganisation } from './read-asked.ts'
/** A page, and the list that it is of: what it adds up to is asked of all of it. */
export type AskedConnection = Page<AskedOfMonth> & { topId: string; month: string }
