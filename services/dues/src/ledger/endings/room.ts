import { room } from '../../work.ts'
import { hearEnds } from './hand-over.ts'

/** What becomes of the money of organisations that are dissolved or merged (撤销、合并). */
export const endings = room({ reactions: { 'ended-organisations': [hearEnds] } })
