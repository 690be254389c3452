import type { DryRun, DrySheet } from './store.ts'

export type PackDryRun = DryRun
export type PackDryRunChange = Omit<DrySheet, 'litMonths'>
