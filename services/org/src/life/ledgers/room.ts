import { room } from '../../work.ts'
import { ledgerResolvers } from './resolvers.ts'

/** Ledgers of organisational life (组织生活台账): what was due, held and missing, from what was recorded anyhow. */
export const ledgers = room({ resolvers: ledgerResolvers })
