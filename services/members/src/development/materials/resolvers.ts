import { fromId, optionalId, type ResolverMap, toId } from '@linghang/subgraph'
import type { Context } from '../../work.ts'
import { paperTitleOf } from '../forms/templates/all-templates.ts'
import { type CreateMaterial, createMaterial } from './create-material.ts'
import type { Material } from './material.ts'
import { linkMaterial, materialById, materialPath, materialsOfCase } from './read-materials.ts'

type CreateInput = Omit<CreateMaterial, 'replaces' | 'filedOn'> & {
  filedOn?: string | null
  replacesId?: string | null
  idempotencyKey?: string | null
}

export const materialResolvers: ResolverMap = {
  DevelopmentCase: {
    materials: (kase: { id: string }, _: unknown, context: Context) => context.load(materialsOfCase, kase.id),
  },
  Material: {
    id: (material: Material) => toId('Material', material.id),
    ref: (material: Material) => toId('Material', material.id),
    title: (material: Material) => paperTitleOf(material.template),
    replacesId: (material: Material) => material.replaces && toId('Material', material.replaces),
  },
  Query: {
    material: (_: unknown, args: { id: string }, context: Context) =>
      context.load(materialById, fromId('Material', args.id)),
    materialLink: (_: unknown, args: { id: string }, context: Context) => {
      const id = fromId('Material', args.id)
      return context.perform(work => linkMaterial(work, id))
    },
  },
  Mutation: {
    createMaterial: async (_: unknown, { input }: { input: CreateInput }, context: Context) => {
      const { idempotencyKey, replacesId, filedOn, ...rest } = input
      const wanted = {
        ...rest,
        caseId: fromId('DevelopmentCase', rest.caseId, 'caseId'),
        filedOn: filedOn ?? null,
        replaces: optionalId('Material', replacesId, 'replacesId'),
      }
      const id = await context.run(createMaterial, wanted, idempotencyKey)
      return { material: await context.load(materialById, id), putTo: materialPath(id) }
    },
  },
}
