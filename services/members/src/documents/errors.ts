import { defineErrors } from '@linghang/subgraph/errors'
import { chineseNames } from '../development/words.ts'

/** Documents refuse what every room does; a step is called by its name. */
export const { fail } = defineErrors({}, chineseNames)
