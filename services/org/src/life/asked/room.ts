import { fieldsOfContract } from '@linghang/subgraph'
import { room } from '../../work.ts'
import { keepBurdens } from './keep-burdens.ts'
import { createAskedResolvers } from './resolvers.ts'

/** What an organisation was asked for in a month (law B8, R7): forms and fields, by whom and on what basis. */
export const asked = (schemaFile: URL) =>
  room({ resolvers: createAskedResolvers(fieldsOfContract(schemaFile)), reactions: { burdens: [keepBurdens] } })
