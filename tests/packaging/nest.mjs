import 'reflect-metadata';
import { createRequire } from 'node:module';
import * as common from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import * as goodwill from 'goodwill';
import * as nest from 'goodwill/nest';

createRequire(import.meta.url)('./application.cjs')({ ...common, NestFactory, ...goodwill, ...nest });
