import { defineErrors } from '@linghang/subgraph/errors'
import { chineseNames } from '../cases/words.ts'

/** Documents refuse what every room does; a step is called by its name. */
export const { fail } = defineErrors({}, chineseNames)
