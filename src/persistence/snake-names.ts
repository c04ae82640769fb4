import { DefaultNamingStrategy } from 'typeorm';

import { toSnake } from '../schema/names.js';

/** Columns are named after the properties of the entities, in the spelling that a reader of the database expects. */
export class SnakeNames extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName ?? toSnake(propertyName);
  }
}
