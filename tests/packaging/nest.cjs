'use strict';
require('reflect-metadata');
const common = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const goodwill = require('goodwill');
const nest = require('goodwill/nest');

require('./application.cjs')({ ...common, NestFactory, ...goodwill, ...nest });
