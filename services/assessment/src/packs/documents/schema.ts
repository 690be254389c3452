import { z } from 'zod'
import { packDocument } from './pack.ts'

/** What an editor needs to help who writes a pack: shape and bounds; what its parts mean to each other only `checkPack` says. */
export const packSchema = (): object => ({
  ...z.toJSONSchema(packDocument, { io: 'input' }),
  title: '考核办法 (assessment pack)',
})
