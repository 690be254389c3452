import { room } from '../work.ts'
import { keepAccounts, keepOffices } from './keep-offices.ts'

/** Who holds which office, for what stands while nobody asks. */
export const offices = room({ reactions: { offices: [keepAccounts, keepOffices] } })
