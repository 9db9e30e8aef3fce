# Runs each configuration of the Ruby library against a stand-in that records what is assigned, and prints one JSON object
# of it per file. A value that is no plain one is printed as its class; a file that fails, as its error.
require 'json'

module Google
  module Ads
    module GoogleAds
      class Config
        attr_reader :assigned

        def initialize
          @assigned = {}
          yield self
        end

        def method_missing(name, value = nil)
          return super unless name.end_with?('=')

          raise ArgumentError, "#{name} twice" if @assigned.key?(name[0..-2])

          @assigned[name[0..-2]] = value
        end

        def respond_to_missing?(name, _) = name.end_with?('=')
      end
    end
  end
end

ARGV.each do |path|
  begin
    config = eval(File.read(path), TOPLEVEL_BINDING.dup, path)
    plain = config.assigned.transform_values do |value|
      case value
      when String, Integer, true, false, nil then value
      else value.class.name
      end
    end
    puts JSON.generate(plain)
  rescue StandardError, ScriptError => e
    puts JSON.generate(error: e.class.name)
  end
end
