import { Command } from 'nest-commander';

import { ConfigError } from '../../domain/errors.js';
import { BaseCommand } from '../base.command.js';
import { DataDoctorCommand } from './doctor.command.js';
import { DataDownloadCommand } from './download.command.js';
import { DataExportCommand } from './export.command.js';
import { DataImportCommand } from './import.command.js';
import { DataListCommand } from './list.command.js';
import { DataResampleCommand } from './resample.command.js';

export const DATA_COMMANDS = [DataDownloadCommand, DataListCommand, DataDoctorCommand, DataImportCommand, DataResampleCommand, DataExportCommand];

@Command({ name: 'data', description: 'Fetch, list, examine, import, resample and export candles.', allowExcessArgs: true, subCommands: DATA_COMMANDS })
export class DataCommand extends BaseCommand {
  async run([verb]: string[]): Promise<void> {
    throw new ConfigError([{ path: 'data', message: `needs one of: download, list, doctor, import, resample, export${verb === undefined ? '' : `, was ${verb}`}` }], 'Unknown command');
  }
}
