import type { AskedOfMonth, Page } from '@linghang/subgraph'

export type { AskedLine as AskedForm, AskedOfMonth as AskedOfOrganisation, AskedSum } from '@linghang/subgraph'
/** A page, and the list that it is of: what it adds up to is asked of all of it. */
export type AskedConnection = Page<AskedOfMonth> & { topId: string; month: string }
