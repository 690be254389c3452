export type { AskedLine as AskedForm, AskedOfMonth as AskedOfOrganisation, AskedPart } from '@linghang/subgraph'
export type { AskedTask } from './store.ts'
