import type { Dashboard } from './dashboard.ts'
import { events } from './events.ts'
import { imports } from './imports.ts'
import { ledger } from './ledger.ts'
import { signals } from './signals.ts'
import { workflows } from './workflows.ts'

export const dashboards: readonly Dashboard[] = [signals, events, workflows, imports, ledger]
