import { room } from '../../work.ts'
import { table } from './errors.ts'
import { materialById } from './read-materials.ts'
import { materialResolvers } from './resolvers.ts'
import { fileRoutes } from './routes.ts'

/** Papers of cases: looked at, sealed and filed, given to whoever has a link. */
export const materials = room({
  errors: table,
  nodes: { Material: materialById },
  resolvers: materialResolvers,
  routes: fileRoutes,
})
