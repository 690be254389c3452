export type { AskedLine as AskedForm, AskedOfMonth as AskedOfOrganisation, AskedPart } from '@linghang/subgraph'
