import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration that does not exist yet: what a later version of the program would bring. The same as in next-version.mjs. */
export class NextVersion implements MigrationInterface {
  static readonly name: string = 'NextVersion1999000000000';
  readonly name: string = 'NextVersion1999000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE "notes" ("id" integer PRIMARY KEY NOT NULL, "text" text NOT NULL) STRICT`);
    await queryRunner.query(`INSERT INTO notes SELECT id, 'fill ' || trade_id FROM fills`);
    await queryRunner.query(`CREATE INDEX "notes_by_text" ON "notes" ("text")`);
    await queryRunner.query('ALTER TABLE "risk_states" ADD COLUMN "note" text');
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup');
  }
}
