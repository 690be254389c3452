export type { Waiver as DuesWaiver } from './waiver.ts'
